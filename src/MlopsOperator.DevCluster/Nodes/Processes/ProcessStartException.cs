namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>A program could not be started; the message says why, for the container's status.</summary>
internal sealed class ProcessStartException(string message) : Exception(message);
