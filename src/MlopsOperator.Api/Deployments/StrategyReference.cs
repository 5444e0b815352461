using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to a strategy.</summary>
public sealed record StrategyReference
{
    /// <summary>Kind of the strategy; RolloutStrategy by default, the only one.</summary>
    [DefaultValue("RolloutStrategy")]
    [EnumValues("RolloutStrategy")]
    public string Kind { get; init; } = "RolloutStrategy";

    /// <summary>Name of the strategy.</summary>
    [ObjectName]
    public string Name { get; init; } = "";
}
