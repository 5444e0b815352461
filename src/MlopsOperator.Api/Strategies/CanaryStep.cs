using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>One step of a canary.</summary>
public sealed record CanaryStep
{
    /// <summary>The candidate's share of requests, such as 10%; more than that of the step before.</summary>
    [ShareText(isPositive: true)]
    public string Weight { get; init; } = "";

    /// <summary>Time at this weight before it may be left, as a Go duration; that of the step before when absent, 5m for the first.</summary>
    [DurationText]
    public string? Wait { get; init; }
}
