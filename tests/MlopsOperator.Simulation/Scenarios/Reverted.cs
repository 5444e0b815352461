namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Stable is wanted again in the middle of a canary.</summary>
internal static class Reverted
{
    public static Scenario Scenario { get; } = new("reverted", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.WantAsync("delays-v1");
        await world.RestsAsync(2, "delays-v1");
    });
}
