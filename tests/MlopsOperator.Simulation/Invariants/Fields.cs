using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>Fields of objects as they are stored, whatever they are: what is not there is null.</summary>
internal static class Fields
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static double? NumberAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<JsonNode?> ItemsAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray ?? [];

    /// <summary>UID of the first owner.</summary>
    public static string? OwnerUid(this JsonNode? node) => node.ItemsAt("metadata", "ownerReferences").FirstOrDefault().TextAt("uid");

    public static bool IsFinal(this JsonNode? rollout) => rollout.Phase() is "Succeeded" or "RolledBack" or "Superseded" or "Refused";

    /// <summary>Phase of a rollout; Pending until the record says something.</summary>
    public static string Phase(this JsonNode? rollout) => rollout.TextAt("status", "phase") ?? "Pending";

    /// <summary>Whether a person had a rollout go on before its time, by what its record says.</summary>
    public static bool IsPromotedByPerson(this JsonNode? rollout) =>
        rollout.ItemsAt("status", "requests").Any(request => request.TextAt("action") is "Promote" && request.TextAt("phase") is "Honoured");

    /// <summary>Whether two values are equal as JSON; what is not there equals an empty object.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one ?? new JsonObject(), other ?? new JsonObject());
}
