namespace MlopsOperator.Api.Strategies;

/// <summary>One step of a canary.</summary>
public sealed record CanaryStep
{
    /// <summary>The candidate's share of requests, such as 10%.</summary>
    public string Weight { get; init; } = "";

    /// <summary>Time at this weight before it may be left, as a Go duration; that of the step before when absent, 5m for the first.</summary>
    public string? Wait { get; init; }
}
