using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>How many pods a rollout may use.</summary>
public sealed record CapacitySpec
{
    /// <summary>Smallest size of the candidate, but never more than the wanted replicas; 1 by default.</summary>
    [DefaultValue(1)]
    [RangeMinimum(1)]
    [RangeMaximum(1000)]
    public int MinPods { get; init; } = 1;
}
