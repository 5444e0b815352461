namespace MlopsOperator.Statistics.Evidence;

/// <summary>
/// Counts of durations over 65 fixed edges 2^o·(1 + i/4), o = -10…5, i = 0…3, and 64 s; upper edges are inclusive, bucket 65 is open.
/// The edges never change, so that merging is adding.
/// </summary>
public static class LatencyHistogram
{
    /// <summary>Number of edges; there is one bucket more.</summary>
    public const int EdgeCount = 65;

    /// <summary>The upper edges in seconds, ascending: 0.9765625 ms to 64 s, exact in binary.</summary>
    public static IReadOnlyList<double> Edges { get; } =
        [.. from octave in Enumerable.Range(-10, 16) from quarter in Enumerable.Range(0, 4) select Math.ScaleB(1 + (quarter / 4.0), octave), 64.0];
}
