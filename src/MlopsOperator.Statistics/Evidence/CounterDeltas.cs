namespace MlopsOperator.Statistics.Evidence;

/// <summary>
/// From one process's cumulative counters to what happened between two scrapes. All counters of a process together: what one of them loses, all lose,
/// so that no arm is favoured. Never "count since the reset".
/// </summary>
public static class CounterDeltas
{
    /// <summary>There is no earlier scrape; this one is the baseline.</summary>
    public const string FirstScrape = "FirstScrape";

    /// <summary>The process started anew, or a counter fell or vanished.</summary>
    public const string Reset = "Reset";

    /// <summary>A counter is NaN, infinite or negative.</summary>
    public const string InvalidCounter = "InvalidCounter";

    /// <summary>Differences of two scrapes, or the reason why there are none. A counter that is new counts from 0.</summary>
    /// <param name="previous">Counters of the earlier scrape; null when there was none.</param>
    /// <param name="current">Counters of the later scrape.</param>
    /// <param name="previousStart">What identifies the process at the earlier scrape.</param>
    /// <param name="currentStart">What identifies it at the later one.</param>
    /// <typeparam name="TKey">What names a counter.</typeparam>
    public static (IReadOnlyDictionary<TKey, double>? Deltas, string? Reason) Between<TKey>(
        IReadOnlyDictionary<TKey, double>? previous, IReadOnlyDictionary<TKey, double> current, string? previousStart, string? currentStart)
        where TKey : notnull
    {
        if (previous is null)
        {
            return (null, FirstScrape);
        }

        if (current.Values.Any(value => !double.IsFinite(value) || value < 0))
        {
            return (null, InvalidCounter);
        }

        if (!string.Equals(previousStart, currentStart, StringComparison.Ordinal)
            || previous.Any(counter => !current.TryGetValue(counter.Key, out var now) || !(now >= counter.Value)))
        {
            return (null, Reset);
        }

        return (current.ToDictionary(counter => counter.Key, counter => counter.Value - previous.GetValueOrDefault(counter.Key)), null);
    }
}
