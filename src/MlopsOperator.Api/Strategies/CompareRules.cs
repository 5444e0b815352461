using System.Globalization;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Strategies;

/// <summary>What rules of comparison must be beyond the limits of their fields.</summary>
public static class CompareRules
{
    /// <summary>Checks rules of comparison.</summary>
    /// <param name="rules">The rules; null for none.</param>
    /// <param name="path">Path of the list.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public static void Check(IReadOnlyList<CompareRule>? rules, string path, ICollection<Problem> problems)
    {
        foreach (var (field, element) in FieldPaths.Elements(path, rules ?? []))
        {
            var rule = (CompareRule)element;
            if ((rule.Absolute ?? rule.Relative) is { } tolerance && rule.Mode is CompareMode.Exact or CompareMode.Text)
            {
                problems.Add(new Problem(
                    $"{field}.{(rule.Absolute is null ? "relative" : "absolute")}",
                    tolerance.ToString("R", CultureInfo.InvariantCulture),
                    $"no tolerance with mode {rule.Mode}, for it is of Tolerance and Top1 only"));
            }
        }
    }
}
