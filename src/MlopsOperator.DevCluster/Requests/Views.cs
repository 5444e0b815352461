using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>An object as a version shows it.</summary>
internal static class Views
{
    /// <summary>Whether a version shows the object just as it is stored.</summary>
    public static bool IsStored(ResourceKind kind, StoredObject stored) =>
        !kind.Is("events.k8s.io", "Event") && (kind.Custom is null || string.Equals(stored.Shared.Text("apiVersion"), kind.ApiVersion, StringComparison.Ordinal));

    /// <summary>The stored object under the kind that was asked for; <paramref name="stored"/> may be changed.</summary>
    public static JsonObject Of(ResourceKind kind, JsonObject stored)
    {
        if (kind.Is("events.k8s.io", "Event"))
        {
            return EventViews.ToEvents(stored);
        }

        if (kind.Custom is not null)
        {
            stored["apiVersion"] = kind.ApiVersion;
        }

        return stored;
    }
}
