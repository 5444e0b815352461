namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Stable stops, the candidate starts and serves.</summary>
internal static class RecreateGood
{
    public static Scenario Scenario { get; } = new(
        "recreate-good",
        async world =>
        {
            await world.BeginsToServeAsync();
            await world.WantAsync("delays-v2");
            await world.RestsAsync(2, "delays-v2");
        },
        Strategy);

    internal const string Strategy = "{recreate: {}}";
}
