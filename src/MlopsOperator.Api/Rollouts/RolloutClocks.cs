using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Clocks of a rollout that outlive a restart.</summary>
public sealed record RolloutClocks
{
    /// <summary>Progress deadline used up so far, in seconds.</summary>
    [RangeMinimum(0)]
    public double DeadlineUsedSeconds { get; init; }

    /// <summary>Latest time that the engine has seen; time goes forward only.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Since when the candidate has had too few ready pods for its weight.</summary>
    public DateTimeOffset? CapacityShortSince { get; init; }

    /// <summary>Since when stable has had no ready endpoint.</summary>
    public DateTimeOffset? StableLostSince { get; init; }

    /// <summary>Since when a required metric has lacked data at this step.</summary>
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>Since when a ready gateway has not been scraped for longer than the exposure lease: it gives the candidate no requests.</summary>
    public DateTimeOffset? LapsedSince { get; init; }

    /// <summary>Since when the removed side has had nothing in flight.</summary>
    public DateTimeOffset? DrainedSince { get; init; }
}
