namespace MlopsOperator.Simulation.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
    [
        CanaryGood.Scenario,
        CanaryBad.Scenario,
        Superseded.Scenario,
        Reverted.Scenario,
        Aborted.Scenario,
        Deleted.Scenario,
        Scaled.Scenario,
        RouteDeleted.Scenario,
        GatewaysScaled.Scenario,
        BlueGreenGood.Scenario,
        BlueGreenBad.Scenario,
        RecreateGood.Scenario,
        RecreateBad.Scenario,
    ];

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Scenario Named(string name) => List.SingleOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"there is no scenario \"{name}\"; these are: {string.Join(", ", List.Select(scenario => scenario.Name))}", nameof(name));
}
