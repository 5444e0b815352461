using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.Operator.Rollouts.Observing;

/// <summary>Reads JSON that a pod has written: whatever it is, it must not stop the decision about that pod.</summary>
internal static class PodText
{
    // Without this, duplicate members would throw later, at the first look into the object.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The object, or null where the text is none.</summary>
    public static JsonObject? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object, or null where the text is none.</summary>
    public static JsonObject? Parse(string? text) => text is null ? null : Parse(Encoding.UTF8.GetBytes(text));
}
