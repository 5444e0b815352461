namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Verdict of one guard, with the numbers behind it.</summary>
public sealed record GuardVerdict
{
    /// <summary>Name of the guard.</summary>
    public required string Guard { get; init; }

    /// <summary>Pass, Fail or Unknown.</summary>
    public required Verdict State { get; init; }

    /// <summary>Why: one of <see cref="VerdictReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The candidate's share of errors (of slow requests for latency) over all blocks; null without requests.</summary>
    public double? Candidate { get; init; }

    /// <summary>Stable's share; null without requests.</summary>
    public double? Stable { get; init; }

    /// <summary>The candidate's requests behind it.</summary>
    public double Samples { get; init; }

    /// <summary>Evidence for Fail: natural logarithm of a wealth that began as 1.</summary>
    public double LogFail { get; init; }

    /// <summary>Evidence for Pass at this step: natural logarithm of a wealth that began as 1.</summary>
    public double LogPass { get; init; }

    /// <summary>Share that the candidate's is held against; null for a ratio without a floor and without stable requests.</summary>
    public double? Threshold { get; init; }

    /// <summary>About how many more blocks a Pass needs if things stay as they are, rounded up to one digit; null when unknown, or not at this weight.</summary>
    public double? BlocksToGo { get; init; }
}
