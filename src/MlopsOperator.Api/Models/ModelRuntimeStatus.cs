using MlopsOperator.Api.Conditions;

namespace MlopsOperator.Api.Models;

/// <summary>What the operator knows about a runtime.</summary>
public sealed record ModelRuntimeStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Ready, or Stalled with what is wrong.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
