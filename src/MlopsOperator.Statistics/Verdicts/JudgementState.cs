using MlopsOperator.Statistics.Verdicts.Totals;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>
/// Every number of a judgement that outlives a restart. Immutable; all numbers are finite, and its JSON reads back to the same state, byte for byte. Fields that
/// are missing or null in what is read are as if nothing had been seen.
/// </summary>
public sealed record JudgementState
{
    /// <summary>One a guard, in the order of the settings.</summary>
    public IReadOnlyList<GuardState> Guards { get; init => field = Present.In(value); } = [];

    /// <summary>Log wealths of the candidate's outage detector.</summary>
    public IReadOnlyList<double> CandidateOutage { get; init => field = value ?? Outage.Start; } = Outage.Start;

    /// <summary>Log wealths of stable's outage detector.</summary>
    public IReadOnlyList<double> StableOutage { get; init => field = value ?? Outage.Start; } = Outage.Start;

    /// <summary>Set once the candidate failed: the guard with the largest evidence, or <see cref="Judgement.OutageGuard"/>.</summary>
    public string? FailedGuard { get; init; }

    /// <summary>Blocks in a row, up to the newest, that made no sense and were thrown away.</summary>
    public double InvalidBlocks { get; init; }
}
