using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>A revision in a rollout.</summary>
public sealed record RolloutRevision
{
    /// <summary>Revision hash.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    [Length(0, 253)]
    public string ModelVersion { get; init; } = "";
}
