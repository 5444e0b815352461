using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Tests.Conformance;

/// <summary>What the named tokens of a scenario stand for in this run. Different names stand for different values.</summary>
internal sealed partial class Bindings(IReadOnlyDictionary<string, string> variables)
{
    private static readonly Dictionary<string, string> Tokens = new(StringComparer.Ordinal)
    {
        ["uid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ["rv"] = "[0-9]+",
        ["lrv"] = "[0-9]+",
        ["time"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        ["mtime"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
        ["name"] = "[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?",
        ["suffix"] = "[bcdfghjklmnpqrstvwxz2456789]{5}",
        ["hash"] = "[a-z0-9]+",
        ["ip"] = "[0-9a-f.:]+",
        ["age"] = "(?:<unknown>|<invalid>|[0-9]+(?:s|m|h|d|y)(?:[0-9]+(?:s|m|h|d))?)",
        ["num"] = "[0-9]+",
        ["continue"] = "[A-Za-z0-9_=-]+",
        ["text"] = "(?s:.+)",
        ["any"] = "(?s:.*)",
    };

    private Dictionary<string, string> values = new(StringComparer.Ordinal);
    private Dictionary<string, string> names = new(StringComparer.Ordinal);

    public object Save() => (new Dictionary<string, string>(values, StringComparer.Ordinal), new Dictionary<string, string>(names, StringComparer.Ordinal));

    public void Restore(object saved) => (values, names) = ((Dictionary<string, string>, Dictionary<string, string>))saved;

    public static bool IsToken(string text) => Token().Match(text) is { Success: true } match && match.Length == text.Length;

    public string Text(string text) =>
        Token().Replace(Variables(text), match => values.GetValueOrDefault(match.Value, match.Value));

    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(Text(p.Key), Fill(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Fill)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Text(text)),
        null => null,
        _ => node.DeepClone(),
    };

    /// <summary>Null, or what is wrong; binds the new names of <paramref name="want"/>.</summary>
    public string? Match(string want, string got)
    {
        want = Variables(want);
        var pattern = new StringBuilder("^");
        var fresh = new List<string>();
        var at = 0;
        foreach (Match match in Token().Matches(want))
        {
            pattern.Append(Regex.Escape(want[at..match.Index]));
            at = match.Index + match.Length;
            var kind = Tokens[match.Groups["kind"].Value];
            if (!match.Groups["id"].Success)
            {
                pattern.Append("(?:").Append(kind).Append(')');
            }
            else if (values.TryGetValue(match.Value, out var bound))
            {
                pattern.Append(Regex.Escape(bound));
            }
            else if (fresh.IndexOf(match.Value) is var known and >= 0)
            {
                pattern.Append("\\k<t").Append(known).Append('>');
            }
            else
            {
                pattern.Append("(?<t").Append(fresh.Count).Append('>').Append(kind).Append(')');
                fresh.Add(match.Value);
            }
        }

        pattern.Append(Regex.Escape(want[at..])).Append("\\z");
        var found = Regex.Match(got, pattern.ToString(), RegexOptions.None, TimeSpan.FromSeconds(5));
        return found.Success ? Bind(fresh, found) : "does not match";
    }

    private string? Bind(List<string> fresh, Match found)
    {
        for (var i = 0; i < fresh.Count; i++)
        {
            var value = found.Groups[FormattableString.Invariant($"t{i}")].Value;
            var kind = fresh[i][1..].Split(':')[0];
            var key = $"{kind}={value}";
            if (kind is "uid" or "rv" or "suffix" && names.TryGetValue(key, out var other) && !string.Equals(other, fresh[i], StringComparison.Ordinal))
            {
                return $"is the value of {other}, which should be another";
            }

            values[fresh[i]] = value;
            names[key] = fresh[i];
        }

        return null;
    }

    private string Variables(string text) => Variable().Replace(text, match => variables.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    [GeneratedRegex("<(?<kind>uid|rv|lrv|time|mtime|name|suffix|hash|ip|age|num|continue|text|any)(:(?<id>[A-Za-z0-9_]+))?>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9_]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Variable();
}
