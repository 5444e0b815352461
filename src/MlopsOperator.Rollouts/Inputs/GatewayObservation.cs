namespace MlopsOperator.Rollouts.Inputs;

/// <summary>What one gateway pod has last reported about a deployment's route.</summary>
public sealed record GatewayObservation
{
    /// <summary>Name of the pod.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its endpoint is ready.</summary>
    public bool Ready { get; init; }

    /// <summary>When it left the gateway Service's endpoints; null while it is in them. Where a candidate was exposed without a lease it counts as gone 30 s later.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>The sequence that its last good scrape reported for the route; null when it has none.</summary>
    public long? Sequence { get; init; }

    /// <summary>When that scrape began; evidence of an acknowledgement only for sequences written before it.</summary>
    public DateTimeOffset? ScrapedAt { get; init; }

    /// <summary>For how long it had given the candidate no requests when that scrape came, as nobody judged it; the scrape ended that.</summary>
    public TimeSpan Lapse { get; init; }

    /// <summary>
    /// By floor that scrapes named: when the last attempt that named it ended, answered or not; <see cref="DateTimeOffset.MaxValue"/> while one is under way.
    /// </summary>
    public IReadOnlyDictionary<long, DateTimeOffset> FloorsNamed { get; init; } = new Dictionary<long, DateTimeOffset>();

    /// <summary>Requests in flight to each revision in its last two good scrapes, by revision: the larger of the two; absent means none.</summary>
    public IReadOnlyDictionary<string, double> InFlight { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
