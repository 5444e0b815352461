using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>An object as a version shows it.</summary>
internal static class Views
{
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
