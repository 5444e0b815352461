using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to an object of the same namespace.</summary>
public sealed record NameReference
{
    /// <summary>Name of the object.</summary>
    [ObjectName]
    public string Name { get; init; } = "";
}
