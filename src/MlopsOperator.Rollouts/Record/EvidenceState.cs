using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Record;

/// <summary>What the record keeps of evidence.</summary>
internal sealed record EvidenceState
{
    /// <summary>State of the judges; null before the first exposure.</summary>
    public JudgementState? Judge { get; init; }

    /// <summary>Blocks that count for a Pass and had requests to the candidate, since the weight last changed.</summary>
    public int WeightBlocks { get; init; }

    /// <summary>When the newest block came in.</summary>
    public DateTimeOffset? LastBlockAt { get; init; }

    /// <summary>Whether a step was left without every required metric saying Pass.</summary>
    public bool Unproved { get; init; }

    /// <summary>Whether the candidate was adopted while nothing was wanted to run.</summary>
    public bool AdoptedIdle { get; init; }

    /// <summary>When another writer was last seen to fight for our objects.</summary>
    public DateTimeOffset? ContestedAt { get; init; }
}
