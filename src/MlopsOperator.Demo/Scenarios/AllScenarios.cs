using System.CommandLine.Parsing;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<IDemoScenario> List { get; } = [new CanaryScenario(), new BlueGreenScenario(), new RecreateScenario()];

    /// <summary>The scenario that an option names; else an error that names all.</summary>
    public static IDemoScenario? Parse(ArgumentResult argument)
    {
        var name = argument.Tokens is [var token] ? token.Value : "";
        if (List.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal)) is { } found)
        {
            return found;
        }

        argument.AddError($"--scenario: found '{name}'; expected one of {string.Join(", ", List.Select(scenario => scenario.Name))}");
        return null;
    }
}
