using MlopsOperator.Api.Conditions;

namespace MlopsOperator.Api.Strategies;

/// <summary>What the operator knows about a strategy.</summary>
public sealed record RolloutStrategyStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Ready, or Stalled with what is wrong.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
