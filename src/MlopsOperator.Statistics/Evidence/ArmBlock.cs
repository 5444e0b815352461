namespace MlopsOperator.Statistics.Evidence;

/// <summary>One revision's counts in one block.</summary>
public sealed record ArmBlock
{
    /// <summary>Requests.</summary>
    public double Requests { get; init; }

    /// <summary>Failed requests, at most <see cref="Requests"/>.</summary>
    public double Errors { get; init; }

    /// <summary>Requests in each of the 66 buckets of <see cref="LatencyHistogram"/>, not cumulative; empty when durations are not known.</summary>
    public IReadOnlyList<double> Durations { get; init; } = [];
}
