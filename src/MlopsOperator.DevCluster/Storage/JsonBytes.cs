using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>JSON nodes from bytes and back, as an API server writes them: UTF-8, no escapes beyond the necessary.</summary>
internal static class JsonBytes
{
    /// <summary>Objects nested deeper than this are refused.</summary>
    public const int MaximumDepth = 100;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 200 };

    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = MaximumDepth };

    public static byte[] Write(JsonNode? node) => SurrogateEscapes.ToUtf8(JsonSerializer.SerializeToUtf8Bytes(node, Options));

    public static string Text(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Write(node));

    /// <summary>Parses a value; of duplicate keys the last counts.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, ReaderOptions);
        return Node(document.RootElement);
    }

    public static JsonObject ParseObject(ReadOnlyMemory<byte> json) =>
        Parse(json) as JsonObject ?? throw new JsonException("expected a JSON object");

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    result[property.Name] = Node(property.Value);
                }

                return result;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Node(item));
                }

                return list;
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(element.GetBoolean());
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
