namespace MlopsOperator.Api.Rollouts;

/// <summary>A revision in a rollout.</summary>
public sealed record RolloutRevision
{
    /// <summary>Revision hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";
}
