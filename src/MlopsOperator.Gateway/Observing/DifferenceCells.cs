namespace MlopsOperator.Gateway.Observing;

/// <summary>Counts of signed durations over fixed edges that mirror each other at 0: 2^-10 to 2^6 seconds. The edges never change. Observing takes no lock.</summary>
internal sealed class DifferenceCells
{
    private const int LowestOctave = -10;
    private const int HighestOctave = 6;

    private readonly long[] buckets = new long[Edges.Count + 1];
    private long ticks;

    /// <summary>The upper edges in seconds, ascending, each inclusive.</summary>
    public static IReadOnlyList<double> Edges { get; } = [.. Octaves().Select(edge => -edge).Reverse(), 0, .. Octaves()];

    /// <summary>Sum of the durations.</summary>
    public TimeSpan Sum => new(Interlocked.Read(ref ticks));

    /// <summary>Counts a duration.</summary>
    public void Observe(TimeSpan difference)
    {
        var bucket = 0;
        while (bucket < Edges.Count && difference.TotalSeconds > Edges[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref buckets[bucket]);
        Interlocked.Add(ref ticks, difference.Ticks);
    }

    /// <summary>Copies the counts, not cumulative.</summary>
    public void CopyTo(Span<long> counts)
    {
        for (var index = 0; index < buckets.Length; index++)
        {
            counts[index] = Interlocked.Read(ref buckets[index]);
        }
    }

    private static IEnumerable<double> Octaves() => Enumerable.Range(LowestOctave, HighestOctave - LowestOctave + 1).Select(octave => Math.ScaleB(1, octave));
}
