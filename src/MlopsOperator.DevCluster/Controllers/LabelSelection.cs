using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>Label selectors in the form that workloads carry them: matchLabels and matchExpressions.</summary>
internal static class LabelSelection
{
    /// <summary>Whether labels match. An empty or absent selector matches nothing here: no workload may own everything.</summary>
    public static bool Matches(JsonObject? selector, IReadOnlyDictionary<string, string> labels)
    {
        var wanted = selector.Map("matchLabels");
        var expressions = selector.Items("matchExpressions");
        return wanted.Count + expressions.Count > 0
            && MatchesAll(wanted, labels)
            && expressions.All(expression => MatchesExpression(expression, labels));
    }

    /// <summary>Whether labels hold every one of the wanted.</summary>
    public static bool MatchesAll(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> labels) =>
        wanted.All(pair => labels.TryGetValue(pair.Key, out var value) && string.Equals(value, pair.Value, StringComparison.Ordinal));

    private static bool MatchesExpression(JsonObject expression, IReadOnlyDictionary<string, string> labels)
    {
        var isThere = labels.TryGetValue(expression.Text("key") ?? "", out var value);
        var values = expression.Texts("values");
        return expression.Text("operator") switch
        {
            "In" => isThere && values.Contains(value, StringComparer.Ordinal),
            "NotIn" => !isThere || !values.Contains(value, StringComparer.Ordinal),
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            _ => false,
        };
    }
}
