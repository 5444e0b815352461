namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Something that a container needs is not there (a ConfigMap, a key, a kind of volume); the message goes into its status.</summary>
internal sealed class ContainerSetupException(string message) : Exception(message);
