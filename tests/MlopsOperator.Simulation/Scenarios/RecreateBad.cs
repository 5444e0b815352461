using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>The candidate fails its golden requests: stable, which was stopped for it, is started again.</summary>
internal static class RecreateBad
{
    private const string Wrong = """{"outputs":[{"name":"label","datatype":"INT64","shape":[1],"data":[0]}]}""";

    public static Scenario Scenario { get; } = new(
        "recreate-bad",
        async world =>
        {
            await world.BeginsToServeAsync();
            world.Models.Answer = Wrong;
            await world.WantAsync("delays-v3");
            await world.RestsAsync(2, "delays-v1", DeploymentPhase.Degraded);
            await world.UntilAsync("stable started again", () => world.Deployment?.Status?.Stable?.Ready == 2);
        },
        RecreateGood.Strategy);
}
