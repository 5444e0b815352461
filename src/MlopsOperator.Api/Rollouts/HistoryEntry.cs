using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Something that happened in a rollout.</summary>
public sealed record HistoryEntry
{
    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What, in a word: an event reason.</summary>
    [Length(0, 256)]
    public string Event { get; init; } = "";

    /// <summary>Who: engine, user or Git.</summary>
    [Length(0, 256)]
    public string Actor { get; init; } = "";

    /// <summary>A sentence with the values.</summary>
    [Length(0, 4096)]
    public string Detail { get; init; } = "";
}
