using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Values as rules see them: declared fields under escaped names, no nulls, of metadata only the names.</summary>
internal static class RuleValues
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    };

    public static object? Of(JsonNode? value, Schema schema, bool isRoot = false) => value switch
    {
        null => null,
        JsonObject map => Map(map, schema, isRoot),
        JsonArray list => list.Select(item => Of(item, schema.Items ?? Schema.Anything)).ToList(),
        _ => Scalar(value, schema),
    };

    private static Dictionary<string, object?> Map(JsonObject map, Schema schema, bool isRoot)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, child) in map)
        {
            if (child is null)
            {
                continue;
            }

            if (isRoot && string.Equals(name, "metadata", StringComparison.Ordinal))
            {
                result[name] = Names((JsonObject)child);
            }
            else if (schema.Declares(name))
            {
                result[Escape(name)] = Of(child, schema.Field(name)!);
            }
            else if (schema.AdditionalProperties is { } additional)
            {
                result[name] = Of(child, additional);
            }
        }

        return result;
    }

    private static Dictionary<string, object?> Names(JsonObject metadata)
    {
        var names = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in new[] { "name", "generateName" })
        {
            if (metadata.Text(name) is { } text)
            {
                names[name] = text;
            }
        }

        return names;
    }

    private static object? Scalar(JsonNode value, Schema schema)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                var text = value.ToJsonString();
                return schema.Type != SchemaType.Number && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? whole : double.Parse(text, CultureInfo.InvariantCulture);
            default:
                var content = value.GetValue<string>();
                return schema.Format is "date-time" && DateTimeOffset.TryParse(content, CultureInfo.InvariantCulture, out var time)
                    ? Timestamp.FromDateTimeOffset(time) : content;
        }
    }

    private static string Escape(string name)
    {
        if (Reserved.Contains(name))
        {
            return $"__{name}__";
        }

        return name.AsSpan().ContainsAny("-./_")
            ? name.Replace("__", "__underscores__", StringComparison.Ordinal).Replace("-", "__dash__", StringComparison.Ordinal)
                .Replace(".", "__dot__", StringComparison.Ordinal).Replace("/", "__slash__", StringComparison.Ordinal)
            : name;
    }
}
