namespace MlopsOperator.Simulation.Scenarios;

/// <summary>A good candidate takes all requests at once and stays.</summary>
internal static class BlueGreenGood
{
    public static Scenario Scenario { get; } = new(
        "blue-green-good",
        async world =>
        {
            await world.ServesAsync();
            await world.WantAsync("delays-v2");
            await world.RestsAsync(2, "delays-v2");
        },
        Strategy);

    /// <summary>The ratio is held against stable's history.</summary>
    internal const string Strategy =
        "{blueGreen: {}, analysis: {interval: 1s, metrics: [{name: errors, errorRate: {ceiling: 5%, ratio: 1.5, floor: 0.1%}, required: true}]}, bake: 2s}";
}
