using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The JSONPath of printer columns: members, indexes, all elements, and filters on one field.</summary>
internal sealed partial class JsonPath
{
    private readonly IReadOnlyList<Func<JsonNode?, IEnumerable<JsonNode?>>> steps;

    private JsonPath(IReadOnlyList<Func<JsonNode?, IEnumerable<JsonNode?>>> steps) => this.steps = steps;

    public static JsonPath Parse(string path)
    {
        var parsed = new List<Func<JsonNode?, IEnumerable<JsonNode?>>>();
        foreach (Match match in StepPattern().Matches(path))
        {
            if (match.Groups["name"].Success || match.Groups["quoted"].Success)
            {
                var name = match.Groups["name"].Success ? match.Groups["name"].Value.Replace("\\.", ".", StringComparison.Ordinal) : match.Groups["quoted"].Value;
                parsed.Add(node => node.At(name) is { } child ? [child] : []);
            }
            else if (match.Groups["index"].Success)
            {
                var index = int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture);
                parsed.Add(node => node is JsonArray list && index < list.Count ? [list[index]] : []);
            }
            else if (match.Groups["filter"].Success)
            {
                var (field, wanted) = (match.Groups["filter"].Value.Split('.'), match.Groups["value"].Value);
                parsed.Add(node => node is JsonArray list ? list.Where(item => string.Equals(item.At(field)?.ToString(), wanted, StringComparison.Ordinal)) : []);
            }
            else
            {
                parsed.Add(node => node as IEnumerable<JsonNode?> ?? []);
            }
        }

        return new JsonPath(parsed);
    }

    /// <summary>The first value, or null.</summary>
    public JsonNode? First(JsonNode root) =>
        steps.Aggregate((IEnumerable<JsonNode?>)[root], (nodes, step) => nodes.SelectMany(step)).FirstOrDefault();

    [GeneratedRegex("""\.(?<name>(?:[^.\[\]\\]|\\.)+)|\['(?<quoted>[^']*)'\]|\[(?<index>[0-9]{1,9})\]|\[\?\(@\.(?<filter>[\w.]+)\s*==\s*["'](?<value>[^"']*)["']\)\]|\[\*\]""", RegexOptions.NonBacktracking)]
    private static partial Regex StepPattern();
}
