namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to a strategy.</summary>
public sealed record StrategyReference
{
    /// <summary>Kind of the strategy; RolloutStrategy.</summary>
    public string Kind { get; init; } = "RolloutStrategy";

    /// <summary>Name of the strategy.</summary>
    public string Name { get; init; } = "";
}
