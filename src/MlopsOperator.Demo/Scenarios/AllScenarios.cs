namespace MlopsOperator.Demo.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<IDemoScenario> List { get; } = [new CanaryScenario(), new BlueGreenScenario(), new RecreateScenario()];

    /// <summary>The scenario of a name, which must be one of the list.</summary>
    public static IDemoScenario Named(string name) => List.Single(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
}
