using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>What the operator knows about a strategy.</summary>
[AwaitedStatus]
[OptionalFields]
public sealed record RolloutStrategyStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Ready, or Stalled with what is wrong.</summary>
    [ListMapKeys("type")]
    [Items(0, 32)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
