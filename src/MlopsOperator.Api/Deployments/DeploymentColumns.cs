namespace MlopsOperator.Api.Deployments;

/// <summary>Strings of the printer columns; columns cannot join fields.</summary>
public sealed record DeploymentColumns
{
    /// <summary>Name of the ModelVersion that serves.</summary>
    public string? Version { get; init; }

    /// <summary>Ready of wanted pods, such as 2/3.</summary>
    public string? Ready { get; init; }

    /// <summary>Name of the ModelVersion that is being rolled out.</summary>
    public string? Candidate { get; init; }

    /// <summary>Its share of requests, such as 10%.</summary>
    public string? Weight { get; init; }

    /// <summary>Why it is so, in a word.</summary>
    public string? Reason { get; init; }
}
