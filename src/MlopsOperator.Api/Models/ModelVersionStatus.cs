using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>What the operator knows about a ModelVersion.</summary>
[AwaitedStatus]
[OptionalFields]
public sealed record ModelVersionStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Names of the ModelDeployments that serve or try this version.</summary>
    [Items(0, 1000)]
    [Length(0, 253, Elements = true)]
    public IReadOnlyList<string>? UsedBy { get; init; }

    /// <summary>Ready, or Stalled with what is wrong.</summary>
    [ListMapKeys("type")]
    [Items(0, 32)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
