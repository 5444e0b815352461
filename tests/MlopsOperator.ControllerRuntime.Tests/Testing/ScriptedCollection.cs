using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>All objects of a kind and what happened to them.</summary>
internal sealed class ScriptedCollection
{
    public SortedDictionary<ObjectKey, JsonObject> Objects { get; } = [];

    public List<(long Version, string Type, string Line)> History { get; } = [];

    /// <summary>Watches from a version before this one are answered 410.</summary>
    public long Floor { get; set; }

    /// <summary>Keeps events from the watches, as a lagging API server does.</summary>
    public bool Lags { get; set; }
}
