namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Where scale finds its values.</summary>
/// <param name="SpecReplicas">Path such as .spec.replicas.</param>
/// <param name="StatusReplicas">Path such as .status.replicas.</param>
/// <param name="Selector">Path of a string or label selector, or null.</param>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? Selector);
