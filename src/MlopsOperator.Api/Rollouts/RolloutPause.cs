using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>A Pause request that no Resume has ended yet. The next rollout takes it over.</summary>
public sealed record RolloutPause
{
    /// <summary>Name of the RolloutRequest.</summary>
    [Length(0, 253)]
    public string Request { get; init; } = "";

    /// <summary>Who paused, by the request itself.</summary>
    [Length(0, 256)]
    public string? By { get; init; }

    /// <summary>Why, by the request itself.</summary>
    [Length(0, 1024)]
    public string? Reason { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}
