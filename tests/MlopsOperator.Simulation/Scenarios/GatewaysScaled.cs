namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Gateways come and go in the middle of a rollout.</summary>
internal static class GatewaysScaled
{
    public static Scenario Scenario { get; } = new("gateways-scaled", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.PatchAsync("deployments", "mlops-gateway", """{"spec":{"replicas":4}}""", "mlops-system");
        await world.UntilAsync("half to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate is >= 5000);
        await world.PatchAsync("deployments", "mlops-gateway", """{"spec":{"replicas":1}}""", "mlops-system");
        await world.RestsAsync(2, "delays-v2");
    });
}
