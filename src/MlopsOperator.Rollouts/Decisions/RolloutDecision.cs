using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Decisions;

/// <summary>What was decided: the new record, and the state of the world that follows from it.</summary>
public sealed record RolloutDecision
{
    /// <summary>The new record, with the newest evidence in it.</summary>
    public required ModelRolloutStatus Record { get; init; }

    /// <summary>
    /// Whether the record must be saved before <see cref="Wanted"/> is applied: something other than evidence and verdicts differs, or the evidence is due
    /// (every 30 s or 20 intervals, the shorter). Otherwise the caller keeps the record in memory and gives it to the next decision.
    /// </summary>
    public required bool MustSave { get; init; }

    /// <summary>The state of the world that the record asks for.</summary>
    public required WantedState Wanted { get; init; }

    /// <summary>Time in which gateways gave the candidate no requests, as nobody judged it, found by this decision.</summary>
    public TimeSpan Lapsed { get; init; }

    /// <summary>What to tell people, once the record is saved.</summary>
    public IReadOnlyList<RolloutEvent> Events { get; init; } = [];

    /// <summary>When to decide again without an event; null when nothing is waited for.</summary>
    public TimeSpan? RequeueAfter { get; init; }
}
