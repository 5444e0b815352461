namespace MlopsOperator.Api.Rollouts;

/// <summary>Something that happened in a rollout.</summary>
public sealed record HistoryEntry
{
    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What, in a word: an event reason.</summary>
    public string Event { get; init; } = "";

    /// <summary>Who: engine, user or Git.</summary>
    public string Actor { get; init; } = "";

    /// <summary>A sentence with the values.</summary>
    public string Detail { get; init; } = "";
}
