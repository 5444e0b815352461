using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlopsOperator.Api.Json;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>
/// Writes JSON as YAML in block style. Texts that YAML 1.1 or 1.2 readers could take for something else are in double quotes, escaped as in
/// JSON; nothing is ever folded, so a change of one field is a change of one line.
/// </summary>
internal static partial class YamlWriter
{
    /// <summary>The YAML text of an object.</summary>
    /// <param name="root">The object.</param>
    /// <returns>One document; lines end with LF.</returns>
    public static string Write(JsonObject root)
    {
        var text = new StringBuilder();
        WriteMap(text, root, 0, continues: false);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, JsonObject map, int indent, bool continues)
    {
        foreach (var (name, value) in map)
        {
            // The first entry of a map in a list stands on the line of its dash.
            text.Append(' ', continues ? 0 : indent).Append(Scalar(name)).Append(':');
            continues = false;
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                WriteMap(text, map, indent + 2, continues: false);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                WriteList(text, list, indent);
                break;
            default:
                text.Append(' ').Append(Leaf(value)).Append('\n');
                break;
        }
    }

    private static void WriteList(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-').Append(' ');
            if (item is JsonObject { Count: > 0 } map)
            {
                WriteMap(text, map, indent + 2, continues: true);
            }
            else if (item is JsonArray { Count: > 0 })
            {
                throw new NotSupportedException("found a list in a list; expected texts, numbers or objects");
            }
            else
            {
                text.Append(Leaf(item)).Append('\n');
            }
        }
    }

    private static string Leaf(JsonNode? value) => value switch
    {
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => Scalar(scalar.GetValue<string>()),
        null => "null",
        _ => value.ToJsonString(),
    };

    private static string Scalar(string text) =>
        Plain().IsMatch(text) && !Reserved().IsMatch(text) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            ? text
            : JsonSerializer.Serialize(text, ApiJson.Options);

    [GeneratedRegex(@"\A[A-Za-z$/.][A-Za-z0-9 _./$()';,:+=<>-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?:true|false|yes|no|on|off|y|n|null|\.inf|\.nan|.*[ :])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reserved();
}
