namespace MlopsOperator.Api.Strategies;

/// <summary>How many pods a rollout may use.</summary>
public sealed record CapacitySpec
{
    /// <summary>Smallest size of the candidate, but never more than the wanted replicas; 1 by default.</summary>
    public int MinPods { get; init; } = 1;
}
