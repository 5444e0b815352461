using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>What serves.</summary>
public sealed record StableRevision
{
    /// <summary>Revision hash.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    [Length(0, 253)]
    public string ModelVersion { get; init; } = "";

    /// <summary>Number of the rollout that promoted it.</summary>
    public int Rollout { get; init; }

    /// <summary>Wanted pods.</summary>
    [RangeMinimum(0)]
    public int Replicas { get; init; }

    /// <summary>Ready pods.</summary>
    [RangeMinimum(0)]
    public int Ready { get; init; }
}
