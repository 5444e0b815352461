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
}
