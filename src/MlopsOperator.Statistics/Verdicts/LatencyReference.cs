using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Stable's durations in its first blocks of a rollout, from which the threshold of a latency guard is taken.</summary>
public sealed record LatencyReference
{
    /// <summary>Blocks of stable that the threshold is taken from.</summary>
    public const double BlocksNeeded = 30;

    /// <summary>Blocks so far.</summary>
    public double Blocks { get; init; }

    /// <summary>Requests in each bucket of <see cref="LatencyHistogram"/>.</summary>
    public IReadOnlyList<double> Durations { get; init => field = value ?? []; } = new double[LatencyHistogram.BucketCount];

    /// <summary>Whether it could have come from <see cref="Plus"/>.</summary>
    internal bool IsSound => Blocks is >= 0 and < BlocksNeeded && Durations.Count == LatencyHistogram.BucketCount && Durations.All(count => double.IsFinite(count) && count >= 0);

    internal LatencyReference Plus(IReadOnlyList<double> durations) =>
        new() { Blocks = Blocks + 1, Durations = [.. Durations.Zip(durations, (sum, count) => sum + count)] };
}
