using System.Collections.Frozen;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>The rules of a route by output.</summary>
internal sealed class ComparePlan(IEnumerable<CompareRule> rules)
{
    private readonly FrozenDictionary<string, CompareRule> byOutput = rules.ToFrozenDictionary(rule => rule.Output, StringComparer.Ordinal);

    /// <summary>Every output as its datatype asks.</summary>
    public static ComparePlan ByDatatype { get; } = new([]);

    /// <summary>The rule of an output, if any.</summary>
    public CompareRule? Of(string output) => byOutput.GetValueOrDefault(output);
}
