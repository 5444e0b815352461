using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>additionalPrinterColumns.</summary>
internal static class CustomColumns
{
    public static Column Of(JsonObject definition)
    {
        var path = JsonPath.Parse(definition.Text("jsonPath") ?? "");
        var type = definition.Text("type") ?? "string";
        return new Column(definition.Text("name") ?? "", type, (o, now) => Cell(path.First(o), type, now))
        {
            Format = definition.Text("format") ?? "",
            Description = definition.Text("description") ?? $"Custom resource definition column (in JSONPath format): {definition.Text("jsonPath")}",
            Priority = (int)(definition.Number("priority") ?? 0),
        };
    }

    private static JsonNode? Cell(JsonNode? value, string type, DateTimeOffset now)
    {
        if (value is null)
        {
            return null;
        }

        if (string.Equals(type, "date", StringComparison.Ordinal))
        {
            return value.GetValueKind() == JsonValueKind.String ? Columns.Age(value.GetValue<string>(), now) : "<invalid>";
        }

        var kind = value.GetValueKind();
        return type switch
        {
            "integer" or "number" => kind == JsonValueKind.Number ? value.DeepClone() : null,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False ? value.DeepClone() : null,
            _ => kind == JsonValueKind.String ? value.DeepClone() : JsonValue.Create(JsonBytes.Text(Sorted(value))),
        };
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
