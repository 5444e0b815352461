using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to a strategy.</summary>
public sealed record StrategyReference
{
    /// <summary>Kind of the strategy: RolloutStrategy (default), of the deployment's namespace, or ClusterRolloutStrategy.</summary>
    [DefaultValue("RolloutStrategy")]
    [EnumValues("RolloutStrategy", "ClusterRolloutStrategy")]
    public string Kind { get; init; } = "RolloutStrategy";

    /// <summary>Name of the strategy.</summary>
    [ObjectName]
    public string Name { get; init; } = "";
}
