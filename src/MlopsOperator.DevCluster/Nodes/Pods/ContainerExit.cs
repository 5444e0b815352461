namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>How a container ended.</summary>
/// <param name="Code">Exit code; 128 + signal for a signal.</param>
/// <param name="Reason">Completed, Error or StartError.</param>
/// <param name="Message">Termination message, or null.</param>
/// <param name="At">When.</param>
internal sealed record ContainerExit(int Code, string Reason, string? Message, DateTimeOffset At)
{
    public static ContainerExit Of(int code, string? message, DateTimeOffset at) => new(code, code == 0 ? "Completed" : "Error", message, at);
}
