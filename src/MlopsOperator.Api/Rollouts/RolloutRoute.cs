using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>What a rollout remembers of the route that it last asked for.</summary>
public sealed record RolloutRoute
{
    /// <summary>Hash of the route's content without its sequence; the sequence rises when it changes.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>When the content last changed; an acknowledgement is a scrape that began after it.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the candidate was first given requests; absent while it has had none.</summary>
    public DateTimeOffset? ExposedAt { get; init; }

    /// <summary>Wanted replicas for which the weights were set: a jump of the wanted replicas alone moves no traffic.</summary>
    public int Replicas { get; init; }

    /// <summary>Sequence at which this rollout began or last lowered its exposure: no gateway may serve the candidate below it.</summary>
    public long? Floor { get; init; }

    /// <summary>
    /// The longest exposure lease of the routes of this rollout that exposed the candidate, as a Go duration; absent where one of them had none. A gateway that
    /// has not been scraped for so long has stopped serving the candidate by itself.
    /// </summary>
    [DurationText("1ms", "1h")]
    public string? Lease { get; init; }
}
