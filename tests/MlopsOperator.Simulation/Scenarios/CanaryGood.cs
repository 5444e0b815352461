namespace MlopsOperator.Simulation.Scenarios;

/// <summary>A good candidate is promoted.</summary>
internal static class CanaryGood
{
    public static Scenario Scenario { get; } = new("canary-good", async world =>
    {
        await world.ServesAsync();
        await world.WantAsync("delays-v2");
        await world.RestsAsync(2, "delays-v2");
    });
}
