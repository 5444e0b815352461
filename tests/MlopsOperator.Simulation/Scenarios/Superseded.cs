namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Another version is wanted in the middle of a canary.</summary>
internal static class Superseded
{
    public static Scenario Scenario { get; } = new("superseded", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.WantAsync("delays-v3");
        await world.UntilAsync("the first one's end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        await world.RestsAsync(3, "delays-v3");
    });
}
