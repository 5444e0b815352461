using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Evidence;

/// <summary>What one gateway pod has last reported about a route.</summary>
internal sealed record GatewayReport
{
    /// <summary>Name of the pod.</summary>
    public required string Gateway { get; init; }

    /// <summary>Changes with each start of its process.</summary>
    public required string StartId { get; init; }

    /// <summary>The sequence that is in effect there; null when it does not know the route.</summary>
    public long? Sequence { get; init; }

    /// <summary>When the scrape that reported it began.</summary>
    public required DateTimeOffset ScrapedAt { get; init; }

    /// <summary>Requests in flight by revision: the larger of the last two good scrapes of the same process.</summary>
    public required IReadOnlyDictionary<string, double> InFlight { get; init; }

    /// <summary>For how long the candidate had had no requests when the scrape came, as nobody judged it.</summary>
    public TimeSpan Lapse { get; init; }

    /// <summary>The same as the engine reads it.</summary>
    /// <param name="ready">Whether its endpoint is ready.</param>
    /// <param name="leftAt">When it left the gateway Service's endpoints; null while it is in them.</param>
    public GatewayObservation ToObservation(bool ready, DateTimeOffset? leftAt) =>
        new() { Name = Gateway, Ready = ready, LeftAt = leftAt, Sequence = Sequence, ScrapedAt = ScrapedAt, Lapse = Lapse, InFlight = InFlight };
}
