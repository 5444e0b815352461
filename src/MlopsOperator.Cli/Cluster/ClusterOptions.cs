namespace MlopsOperator.Cli.Cluster;

/// <summary>Which cluster and namespace, as kubectl's options say; null: as the kubeconfig says.</summary>
internal sealed record ClusterOptions(string? Kubeconfig, string? Context, string? Namespace);
