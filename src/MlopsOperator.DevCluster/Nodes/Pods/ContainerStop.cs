namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>A stop that is under way: preStop hook, SIGTERM, grace, SIGKILL.</summary>
internal sealed class ContainerStop(DateTimeOffset deadline)
{
    /// <summary>When SIGKILL is due. A pod's grace may be shortened meanwhile.</summary>
    public DateTimeOffset Deadline { get; set; } = deadline;

    /// <summary>The preStop hook: not begun, running, or done.</summary>
    public Task? Hook { get; set; }

    /// <summary>When a hook that only sleeps is over.</summary>
    public DateTimeOffset? SleepsUntil { get; set; }

    public bool Asked { get; set; }

    public bool Killed { get; set; }
}
