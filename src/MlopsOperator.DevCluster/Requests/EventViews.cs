using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Both Event kinds are one store: v1 is stored, events.k8s.io/v1 is made from it.</summary>
internal static class EventViews
{
    /// <summary>Members that the two kinds name differently.</summary>
    public static readonly (string Core, string Events)[] Members =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"), ("count", "deprecatedCount"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("reportingComponent", "reportingController"),
    ];

    public static JsonObject ToEvents(JsonObject core)
    {
        var view = new JsonObject();
        foreach (var (name, value) in core)
        {
            view[Members.FirstOrDefault(m => string.Equals(m.Core, name, StringComparison.Ordinal)).Events ?? name] = value?.DeepClone();
        }

        view["apiVersion"] = "events.k8s.io/v1";
        foreach (var name in new[] { "reportingController", "reportingInstance" })
        {
            // The core kind writes these even if they are empty.
            if (view[name].IsEmptyText())
            {
                view.Remove(name);
            }
        }

        return view;
    }

    public static JsonObject ToCore(JsonObject events)
    {
        var core = new JsonObject();
        foreach (var (name, value) in events)
        {
            core[Members.FirstOrDefault(m => string.Equals(m.Events, name, StringComparison.Ordinal)).Core ?? name] = value?.DeepClone();
        }

        core["apiVersion"] = "v1";
        core.Default("involvedObject", new JsonObject());
        return core;
    }
}
