namespace MlopsOperator.Api.Deployments;

/// <summary>What serves.</summary>
public sealed record StableRevision
{
    /// <summary>Revision hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Number of the rollout that promoted it.</summary>
    public int Rollout { get; init; }

    /// <summary>Wanted pods.</summary>
    public int Replicas { get; init; }

    /// <summary>Ready pods.</summary>
    public int Ready { get; init; }
}
