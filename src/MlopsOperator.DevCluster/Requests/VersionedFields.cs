using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Fields of one built-in kind that two versions name differently, as managedFields name them.</summary>
/// <param name="StoredVersion">The apiVersion that is stored.</param>
/// <param name="Parent">The member below which they lie, or null.</param>
/// <param name="Names">Name in the stored version, name in the other one.</param>
internal sealed record VersionedFields(string StoredVersion, string? Parent, IReadOnlyList<(string Stored, string Other)> Names)
{
    private static readonly VersionedFields Events = new("v1", null, EventViews.Members);
    private static readonly VersionedFields Autoscalers = new("autoscaling/v2", "f:spec", [("metrics", "targetCPUUtilizationPercentage")]);

    /// <summary>Null: all versions of the kind have the same names.</summary>
    public static VersionedFields? Of(ResourceKind kind) => kind.Custom is not null ? null : kind.Kind switch
    {
        "Event" => Events,
        "HorizontalPodAutoscaler" => Autoscalers,
        _ => null,
    };

    /// <summary>The entries, each under the names of the version that <paramref name="version"/> says.</summary>
    public JsonArray? Under(JsonArray? managedFields, Func<JsonObject, string> version)
    {
        var renamed = managedFields?.DeepClone() as JsonArray;
        foreach (var entry in renamed?.OfType<JsonObject>() ?? [])
        {
            var fields = Parent is null ? entry.Map("fieldsV1") : entry.Map("fieldsV1", Parent);
            var isStored = string.Equals(version(entry), StoredVersion, StringComparison.Ordinal);
            foreach (var (stored, other) in Names)
            {
                var (from, to) = isStored ? (other, stored) : (stored, other);
                if (fields?[$"f:{from}"] is { } owned)
                {
                    fields.Remove($"f:{from}");
                    fields[$"f:{to}"] = owned;
                }
            }
        }

        return renamed;
    }
}
