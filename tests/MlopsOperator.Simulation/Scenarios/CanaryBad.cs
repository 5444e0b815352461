using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>A bad candidate is taken back and stays rejected.</summary>
internal static class CanaryBad
{
    public static Scenario Scenario { get; } = new("canary-bad", async world =>
    {
        await world.ServesAsync();
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.RestsAsync(2, "delays-v1", DeploymentPhase.Degraded);
    });
}
