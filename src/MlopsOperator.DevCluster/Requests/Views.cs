using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>An object as a version shows it.</summary>
internal static class Views
{
    /// <summary>Whether a version shows the object just as it is stored.</summary>
    public static bool IsStored(ResourceKind kind, StoredObject stored) =>
        !IsMade(kind) && (kind.Custom is null || string.Equals(stored.Shared.Text("apiVersion"), kind.ApiVersion, StringComparison.Ordinal));

    /// <summary>The stored object under the kind that was asked for; <paramref name="stored"/> may be changed.</summary>
    public static JsonObject Of(ResourceKind kind, JsonObject stored)
    {
        if (IsMade(kind))
        {
            return kind.Kind is "Event" ? EventViews.ToEvents(stored) : AutoscalerViews.ToFirst(stored);
        }

        if (kind.Custom is not null)
        {
            stored["apiVersion"] = kind.ApiVersion;
        }

        return stored;
    }

    /// <summary>What is stored of an object that a client sent under a kind.</summary>
    public static JsonObject Stored(ResourceKind kind, JsonObject shown) =>
        !IsMade(kind) ? shown : kind.Kind is "Event" ? EventViews.ToCore(shown) : AutoscalerViews.ToSecond(shown);

    /// <summary>A stored object under the names that a kind has for its fields.</summary>
    public static JsonObject Named(ResourceKind kind, JsonObject stored) => IsMade(kind) ? Of(kind, stored) : stored;

    /// <summary>managedFields under the names that a kind has for the fields.</summary>
    public static JsonArray? Owners(ResourceKind kind, JsonArray? stored) => VersionedFields.Of(kind) is { } fields ? fields.Under(stored, _ => kind.ApiVersion) : stored;

    /// <summary>managedFields as they are stored: each entry under the names of its own version.</summary>
    public static JsonArray? StoredOwners(ResourceKind kind, JsonArray? shown) => VersionedFields.Of(kind) is { } fields ? fields.Under(shown, entry => entry.Text("apiVersion") ?? "") : shown;

    /// <summary>Whether the version is made from another one, which is stored.</summary>
    private static bool IsMade(ResourceKind kind) =>
        kind.Is("events.k8s.io", "Event") || (kind.Version is "v1" && kind.Is("autoscaling", "HorizontalPodAutoscaler"));
}
