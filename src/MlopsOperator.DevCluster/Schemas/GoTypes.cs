using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Finds values of built-in kinds that cannot be decoded.</summary>
internal static class GoTypes
{
    private const string QuantityText = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static readonly System.Buffers.SearchValues<char> Base64 = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\n\r");

    /// <summary>What a decoder would say, or null.</summary>
    public static string? Error(JsonNode? value, Schema schema, string path)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonObject map when schema.Type is SchemaType.Object or SchemaType.Any:
                return map.Select(p => Error(p.Value, schema.Field(p.Key) ?? Schema.Anything, $"{path}.{p.Key}")).FirstOrDefault(e => e is not null);
            case JsonArray list when schema.Type is SchemaType.Array or SchemaType.Any:
                return list.Select(item => Error(item, schema.Items ?? Schema.Anything, path)).FirstOrDefault(e => e is not null);
        }

        var kind = value.GetValueKind();
        return schema.Type switch
        {
            SchemaType.Any => null,
            SchemaType.Quantity => kind == JsonValueKind.Number || (kind == JsonValueKind.String && Quantities.IsValid(value.GetValue<string>())) ? null : QuantityText,
            SchemaType.IntOrString => kind is JsonValueKind.Number or JsonValueKind.String ? null : Unmarshal(value, path, "intstr.IntOrString"),
            SchemaType.String => kind == JsonValueKind.String ? Text(value.GetValue<string>(), schema) : Unmarshal(value, path, "string"),
            SchemaType.Integer => kind == JsonValueKind.Number && !value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? null : Unmarshal(value, path, schema.Format ?? "int"),
            SchemaType.Number => kind == JsonValueKind.Number ? null : Unmarshal(value, path, "float64"),
            SchemaType.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? null : Unmarshal(value, path, "bool"),
            SchemaType.Array => Unmarshal(value, path, "list"),
            _ => Unmarshal(value, path, "struct"),
        };
    }

    private static string? Text(string text, Schema schema)
    {
        switch (schema.Format)
        {
            case "byte":
                return Base64Error(text);
            case "date-time":
                return Requests.Times.Parse(text) is null ? $"parsing time {JsonBytes.Text(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse {JsonBytes.Text(text)} as \"2006\"" : null;
            case "micro-time":
                return MicroTimes.Error(text);
            default:
                return null;
        }
    }

    private static string? Base64Error(string text)
    {
        Span<byte> buffer = new byte[text.Length];
        if (Convert.TryFromBase64String(text, buffer, out _))
        {
            return null;
        }

        var at = text.AsSpan().IndexOfAnyExcept(Base64);
        return FormattableString.Invariant($"illegal base64 data at input byte {Math.Max(at, 0)}");
    }

    private static string Unmarshal(JsonNode value, string path, string type)
    {
        var kind = value switch
        {
            JsonObject => "object",
            JsonArray => "array",
            _ => value.GetValueKind() switch { JsonValueKind.String => "string", JsonValueKind.Number => "number", _ => "bool" },
        };
        return $"json: cannot unmarshal {kind} into Go struct field {path} of type {type}";
    }
}
