using MlopsOperator.Api.Conditions;

namespace MlopsOperator.Api.Models;

/// <summary>What the operator knows about a ModelVersion.</summary>
public sealed record ModelVersionStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Names of the ModelDeployments that serve or try this version.</summary>
    public IReadOnlyList<string>? UsedBy { get; init; }

    /// <summary>Ready, or Stalled with what is wrong.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
