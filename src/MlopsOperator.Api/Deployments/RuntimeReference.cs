namespace MlopsOperator.Api.Deployments;

/// <summary>Reference to a runtime.</summary>
public sealed record RuntimeReference
{
    /// <summary>Kind of the runtime; ClusterModelRuntime.</summary>
    public string Kind { get; init; } = "ClusterModelRuntime";

    /// <summary>Name of the runtime.</summary>
    public string Name { get; init; } = "";
}
