namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>What one scrape of one gateway says about one route.</summary>
internal sealed record RouteSample
{
    /// <summary>When the scrape began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>Changes with each start of the gateway's process.</summary>
    public required string StartId { get; init; }

    /// <summary>The sequence in effect; null when the gateway does not know the route.</summary>
    public long? Sequence { get; init; }

    /// <summary>All counters, cumulative since the process started; duration buckets not cumulative over edges.</summary>
    public required IReadOnlyDictionary<CounterKey, double> Counters { get; init; }

    /// <summary>Requests in flight by revision.</summary>
    public required IReadOnlyDictionary<string, double> InFlight { get; init; }

    /// <summary>For how long the candidate had had no requests when the scrape came, as nobody judged it.</summary>
    public TimeSpan Lapse { get; init; }

    /// <summary>Why the counters cannot be used, one of <see cref="DropReasons"/>; null when they can.</summary>
    public string? Problem { get; init; }
}
