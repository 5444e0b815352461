using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Faults;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>What a watch was asked for.</summary>
internal sealed record WatchPlan(ResourceKind Kind, string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Events after this revision; null: all objects as ADDED first.</summary>
    public long? Since { get; init; }

    public bool Bookmarks { get; init; }

    /// <summary>Whether a bookmark marks the end of the synthetic ADDED events.</summary>
    public bool MarksInitialEnd { get; init; }

    /// <summary>Whether synthetic ADDED events are left out although no revision was given.</summary>
    public bool SkipsInitial { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>What is to be wrong with it; null: nothing.</summary>
    public WatchFault? Fault { get; init; }

    /// <summary>Turns an object into what the client asked for (the object itself, or a Table).</summary>
    public required Func<JsonObject, JsonNode> Render { get; init; }

    public bool Matches(StoredObject stored) =>
        (Namespace is null || string.Equals(stored.Namespace, Namespace, StringComparison.Ordinal)) && Labels.Matches(stored.Shared) && Fields.Matches(stored.Shared);
}
