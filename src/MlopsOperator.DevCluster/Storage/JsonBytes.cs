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

    private static readonly JsonDocumentOptions WithoutDuplicates = ReaderOptions with { AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions OwnOptions = new() { MaxDepth = Options.MaxDepth };

    public static byte[] Write(JsonNode? node) => SurrogateEscapes.ToUtf8(JsonSerializer.SerializeToUtf8Bytes(node, Options));

    public static string Text(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Write(node));

    /// <summary>Parses a value; of duplicate keys the last counts.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Unfolding(JsonElement.Parse(json.Span, WithoutDuplicates));
        }
        catch (JsonException)
        {
            // It has duplicate keys, or it is no JSON; the second reading says which.
            return Node(JsonElement.Parse(json.Span, ReaderOptions));
        }
    }

    /// <summary>Reads again what <see cref="Write"/> has written: no key is in it twice.</summary>
    public static JsonObject Reread(ReadOnlyMemory<byte> json) => (JsonObject)Unfolding(JsonElement.Parse(json.Span, OwnOptions))!;

    public static JsonObject ParseObject(ReadOnlyMemory<byte> json) =>
        Parse(json) as JsonObject ?? throw new JsonException("expected a JSON object");

    /// <summary>Nodes that are made when somebody looks at them: most of an object is only passed on.</summary>
    private static JsonNode? Unfolding(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };

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
                return JsonValue.Create(element);
        }
    }
}
