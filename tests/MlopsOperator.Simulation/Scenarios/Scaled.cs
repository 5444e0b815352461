namespace MlopsOperator.Simulation.Scenarios;

/// <summary>An autoscaler scales the deployment up, and down again, in the middle of a rollout.</summary>
internal static class Scaled
{
    public static Scenario Scenario { get; } = new("scaled", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.PatchAsync("modeldeployments", "delays/scale", """{"spec":{"replicas":5}}""");
        await world.UntilAsync("half to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate is >= 5000);
        await world.PatchAsync("modeldeployments", "delays/scale", """{"spec":{"replicas":3}}""");
        await world.RestsAsync(2, "delays-v2");
    });
}
