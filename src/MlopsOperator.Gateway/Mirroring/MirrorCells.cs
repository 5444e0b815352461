using MlopsOperator.Gateway.Comparing;
using MlopsOperator.Gateway.Observing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Counters of the copies that one revision of one route gets. They outlive route sets. Counting a drop takes no lock and allocates nothing.</summary>
internal sealed class MirrorCells(CopyBudget all)
{
    private readonly long[] outcomes = new long[Outcome.Count];
    private readonly long[] drops = new long[MirrorReasons.Drops.Count];
    private readonly long[] skips = new long[MirrorReasons.Skips.Count];
    private readonly long[] pairs = new long[MirrorReasons.Results.Count];

    /// <summary>Its part of all copies.</summary>
    public CopyBudget Budget { get; } = new(Limits.CopiesPerCandidate, Limits.CopyBytesPerCandidate, all);

    /// <summary>Copies that wait, and who works on them.</summary>
    public CopyLane Lane { get; } = new();

    /// <summary>The candidate's times to the last byte.</summary>
    public DurationCells Durations { get; } = new();

    /// <summary>The candidate's time less stable's, where both answered.</summary>
    public DifferenceCells LatencyDifferences { get; } = new();

    /// <summary>Disagreements by output.</summary>
    public DisagreementCounts Disagreements { get; } = new();

    /// <summary>The latest pairs that disagree.</summary>
    public PairSamples Samples { get; } = new();

    /// <summary>A copy was not sent.</summary>
    public void Dropped(DropReason reason) => Interlocked.Increment(ref drops[(int)reason]);

    /// <summary>A copy was sent, and ended so.</summary>
    public void Sent(Outcome outcome, TimeSpan duration)
    {
        Interlocked.Increment(ref outcomes[outcome.Index]);
        Durations.Observe(duration);
    }

    /// <summary>A pair was not compared.</summary>
    public void Skipped(SkipReason reason) => Interlocked.Increment(ref skips[(int)reason]);

    /// <summary>A pair was compared, or was none, as one side failed.</summary>
    public void Compared(PairResult result) => Interlocked.Increment(ref pairs[(int)result]);

    /// <summary>Copies that ended so.</summary>
    public long Of(int outcome) => Interlocked.Read(ref outcomes[outcome]);

    /// <summary>Copies that were not sent for a reason.</summary>
    public long Of(DropReason reason) => Interlocked.Read(ref drops[(int)reason]);

    /// <summary>Pairs that were not compared for a reason.</summary>
    public long Of(SkipReason reason) => Interlocked.Read(ref skips[(int)reason]);

    /// <summary>Pairs of a result.</summary>
    public long Of(PairResult result) => Interlocked.Read(ref pairs[(int)result]);
}
