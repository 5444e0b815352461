using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Record;

/// <summary>What the record keeps of evidence.</summary>
internal sealed record EvidenceState
{
    /// <summary>State of the judges; null before the first exposure.</summary>
    public JudgementState? Judge { get; init; }

    /// <summary>Blocks that count for a Pass and had requests to the candidate, since the weight last changed.</summary>
    public int WeightBlocks { get; init; }

    /// <summary>When the newest block of the current route ended.</summary>
    public DateTimeOffset? LastBlockAt { get; init; }

    /// <summary>End of the newest round that was counted. Rounds are handed over again when a save failed, and must not count twice.</summary>
    public DateTimeOffset? CountedTo { get; init; }

    /// <summary>Sequences counted at <see cref="CountedTo"/>: while a route spreads, one scrape round brings a round for each.</summary>
    public IReadOnlyList<long>? CountedSequences { get; init; }

    /// <summary>Whether a step was left without every required metric saying Pass.</summary>
    public bool Unproved { get; init; }

    /// <summary>Whether a person had it go on where evidence did not.</summary>
    public bool Forced { get; init; }

    /// <summary>Whether a promotion with full and force has passed the pause.</summary>
    public bool PausePassed { get; init; }

    /// <summary>Whether a person resumed while another writer fought for our objects, and it has not been quiet since.</summary>
    public bool ContestPassed { get; init; }

    /// <summary>Whether the candidate was adopted while nothing was wanted to run.</summary>
    public bool AdoptedIdle { get; init; }

    /// <summary>When another writer was last seen to fight for our objects.</summary>
    public DateTimeOffset? ContestedAt { get; init; }
}
