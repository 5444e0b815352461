using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.Rollouts.Record;

/// <summary>Evidence to and from the record's JSON.</summary>
internal static class EvidenceCodec
{
    /// <summary>The evidence; an empty one where there is none, or none that can be read: then it is gathered again from nothing, which proves nothing.</summary>
    internal static EvidenceState Decode(JsonObject? json)
    {
        if (json is null)
        {
            return new EvidenceState();
        }

        try
        {
            return json.Deserialize(EvidenceJson.Default.EvidenceState) ?? new EvidenceState();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new EvidenceState();
        }
    }

    internal static JsonObject? Encode(EvidenceState state) =>
        state == new EvidenceState() ? null : JsonSerializer.SerializeToNode(state, EvidenceJson.Default.EvidenceState) as JsonObject;
}
