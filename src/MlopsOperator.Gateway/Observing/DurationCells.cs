using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Counts of durations over the edges of <see cref="LatencyHistogram"/>. Observing takes no lock and allocates nothing.</summary>
internal sealed class DurationCells
{
    /// <summary>One bucket an edge, and the open one.</summary>
    public const int BucketCount = LatencyHistogram.EdgeCount + 1;

    private readonly long[] buckets = new long[BucketCount];
    private long ticks;

    /// <summary>Sum of the durations.</summary>
    public TimeSpan Sum => new(Interlocked.Read(ref ticks));

    /// <summary>Counts a duration.</summary>
    public void Observe(TimeSpan duration)
    {
        Interlocked.Increment(ref buckets[IndexOf(duration.TotalSeconds)]);
        Interlocked.Add(ref ticks, duration.Ticks);
    }

    /// <summary>Copies the counts, not cumulative.</summary>
    public void CopyTo(Span<long> counts)
    {
        for (var index = 0; index < buckets.Length; index++)
        {
            counts[index] = Interlocked.Read(ref buckets[index]);
        }
    }

    /// <summary>
    /// The bucket of a duration, from the bits of the number: edges are 2^o·(1 + i/4), so the exponent and the first two bits of the
    /// fraction name the edge at or below it, and any further bit puts it above.
    /// </summary>
    public static int IndexOf(double seconds)
    {
        if (!(seconds > 0))
        {
            return 0;
        }

        var bits = BitConverter.DoubleToInt64Bits(seconds);
        var octave = (int)(bits >> 52) - 1023;
        var quarter = (int)((bits >> 50) & 3);
        var above = (bits & ((1L << 50) - 1)) != 0 ? 1 : 0;
        return Math.Clamp(((octave + 10) * 4) + quarter + above, 0, LatencyHistogram.EdgeCount);
    }
}
