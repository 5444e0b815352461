using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to a runtime.</summary>
public sealed record RuntimeReference
{
    /// <summary>Kind of the runtime; ClusterModelRuntime by default, the only one.</summary>
    [DefaultValue("ClusterModelRuntime")]
    [EnumValues("ClusterModelRuntime")]
    public string Kind { get; init; } = "ClusterModelRuntime";

    /// <summary>Name of the runtime.</summary>
    [ObjectName]
    public string Name { get; init; } = "";
}
