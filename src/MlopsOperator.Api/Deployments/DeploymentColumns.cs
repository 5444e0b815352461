using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Strings of the printer columns; columns cannot join fields.</summary>
public sealed record DeploymentColumns
{
    /// <summary>Name of the ModelVersion that serves.</summary>
    [Length(0, 256)]
    public string? Version { get; init; }

    /// <summary>Ready of wanted pods, such as 2/3.</summary>
    [Length(0, 256)]
    public string? Ready { get; init; }

    /// <summary>Name of the ModelVersion that is being rolled out.</summary>
    [Length(0, 256)]
    public string? Candidate { get; init; }

    /// <summary>Its share of requests, such as 10%.</summary>
    [Length(0, 256)]
    public string? Weight { get; init; }

    /// <summary>Why it is so, in a word.</summary>
    [Length(0, 256)]
    public string? Reason { get; init; }
}
