using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Refuses what the evaluator would let pass or get wrong: characters outside the grammar, and functions that it does not have.</summary>
internal static partial class RuleSyntax
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "has", "all", "exists", "exists_one", "filter", "map", "size", "startsWith", "endsWith", "contains", "matches", "type", "int", "uint", "double", "string", "bool",
        "duration", "timestamp", "dyn", "getFullYear", "getMonth", "getDate", "getHours", "getMinutes", "getSeconds", "getMilliseconds",
        "quantity", "isQuantity", "isGreaterThan", "isLessThan", "compareTo", "sum", "min", "max", "lowerAscii", "upperAscii", "trim", "split", "join", "replace", "indexOf",
        "substring", "charAt", "isURL", "in",
    };

    /// <summary>What is wrong with a rule, or null.</summary>
    public static string? Problem(string rule)
    {
        var code = Literals().Replace(rule, "''");
        if (Foreign().Match(code) is { Success: true } stray)
        {
            return $"compilation failed: Syntax error: token recognition error at: '{stray.Value.Trim()}'";
        }

        foreach (Match call in Calls().Matches(code))
        {
            if (!Functions.Contains(call.Groups["name"].Value))
            {
                return $"compilation failed: undeclared reference to '{call.Groups["name"].Value}': this embedded cluster cannot judge it (a real server may)";
            }
        }

        return null;
    }

    /// <summary>Whether a rule compares with the value before; what stands in quotes does not count.</summary>
    public static bool UsesOldSelf(string rule) => OldSelf().IsMatch(Literals().Replace(rule, "''"));

    [GeneratedRegex(@"\boldSelf\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OldSelf();

    [GeneratedRegex("""r?"(\\.|[^"\\])*"|r?'(\\.|[^'\\])*'""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Literals();

    [GeneratedRegex("""[#@`$;\\~^]|(^|[^=!<>])=([^=]|$)|(^|[^&])&([^&]|$)|(^|[^|])\|([^|]|$)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Calls();
}
