namespace MlopsOperator.Statistics.Evidence;

/// <summary>
/// Counts of durations over 65 fixed edges 2^o·(1 + i/4), o = -10…5, i = 0…3, and 64 s; upper edges are inclusive, bucket 65 is open.
/// The edges never change, so that merging is adding (as HdrHistogram and DDSketch: Masson, Rim and Lee, VLDB 2019).
/// </summary>
public static class LatencyHistogram
{
    /// <summary>Number of edges; there is one bucket more.</summary>
    public const int EdgeCount = 65;

    /// <summary>Number of buckets: one below the lowest edge, one above the highest, and those between.</summary>
    public const int BucketCount = EdgeCount + 1;

    /// <summary>The upper edges in seconds, ascending: 0.9765625 ms to 64 s, exact in binary.</summary>
    public static IReadOnlyList<double> Edges { get; } =
        [.. from octave in Enumerable.Range(-10, 16) from quarter in Enumerable.Range(0, 4) select Math.ScaleB(1 + (quarter / 4.0), octave), 64.0];

    /// <summary>The bucket of a duration in seconds: 0 at or below the lowest edge, 65 above the highest; −1 for NaN and negative durations, which are counted apart.</summary>
    /// <param name="seconds">The duration.</param>
    public static int Index(double seconds)
    {
        if (double.IsNaN(seconds) || seconds < 0)
        {
            return -1;
        }

        var (low, high) = (0, EdgeCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = seconds <= Edges[middle] ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>A quantile in seconds, linear inside its bucket: for display. NaN without data; 64 s, a lower bound, in the open bucket.</summary>
    /// <param name="counts">Requests in each bucket, not cumulative.</param>
    /// <param name="quantile">Between 0 and 1.</param>
    public static double Quantile(IReadOnlyList<double> counts, double quantile)
    {
        var total = counts.Sum();
        if (!(total > 0) || !(quantile is >= 0 and <= 1))
        {
            return double.NaN;
        }

        var (rank, before) = (quantile * total, 0.0);
        for (var bucket = 0; bucket < counts.Count; bucket++)
        {
            if (counts[bucket] > 0 && before + counts[bucket] >= rank)
            {
                if (bucket >= EdgeCount)
                {
                    break;
                }

                var low = bucket == 0 ? 0 : Edges[bucket - 1];
                return low + ((Edges[bucket] - low) * Math.Max(0, rank - before) / counts[bucket]);
            }

            before += counts[bucket];
        }

        return Edges[^1];
    }

    /// <summary>Requests above an edge: exact, no interpolation.</summary>
    /// <param name="counts">Requests in each bucket, not cumulative.</param>
    /// <param name="edge">Index of the edge.</param>
    public static double Exceeding(IReadOnlyList<double> counts, int edge)
    {
        var sum = 0.0;
        for (var bucket = edge + 1; bucket < counts.Count; bucket++)
        {
            sum += counts[bucket];
        }

        return sum;
    }

    /// <summary>Index of the edge that is nearest, in ratio, to a quantile; null without data, and where the quantile is 0.</summary>
    /// <param name="counts">Requests in each bucket, not cumulative.</param>
    /// <param name="quantile">Between 0 and 1.</param>
    public static int? NearestEdge(IReadOnlyList<double> counts, double quantile)
    {
        var value = Quantile(counts, quantile);
        return value > 0 ? Enumerable.Range(0, EdgeCount).MinBy(edge => (Math.Abs(Math.Log(Edges[edge] / value)), edge)) : null;
    }
}
