using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Strings of the printer columns; columns cannot join fields.</summary>
public sealed record RolloutColumns
{
    /// <summary>Step of all steps, such as 2/5.</summary>
    [Length(0, 256)]
    public string? Step { get; init; }

    /// <summary>The candidate's share of requests, such as 10%.</summary>
    [Length(0, 256)]
    public string? Weight { get; init; }

    /// <summary>What is waited for.</summary>
    [Length(0, 256)]
    public string? WaitingFor { get; init; }
}
