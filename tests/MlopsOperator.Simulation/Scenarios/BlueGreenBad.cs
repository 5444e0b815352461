using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>A candidate begins to fail in the bake, when it is stable already: the old pods take all requests back.</summary>
internal static class BlueGreenBad
{
    public static Scenario Scenario { get; } = new(
        "blue-green-bad",
        async world =>
        {
            await world.ServesAsync();
            await world.WantAsync("delays-v3");
            await world.UntilAsync("the bake", () => world.Rollout(2)?.Status?.Phase is RolloutPhase.Baking);
            world.Gateways.ErrorShares["delays-v3"] = 0.2;
            await world.RestsAsync(2, "delays-v1", DeploymentPhase.Degraded);
        },
        BlueGreenGood.Strategy.Replace("bake: 2s", "bake: 5m", StringComparison.Ordinal));
}
