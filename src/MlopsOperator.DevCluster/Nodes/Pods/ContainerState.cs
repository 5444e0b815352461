using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Logs;
using MlopsOperator.DevCluster.Nodes.Probes;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>What the node remembers of a container of a pod.</summary>
internal sealed class ContainerState(JsonObject spec, bool isInit)
{
    public JsonObject Spec { get; } = spec;

    public bool IsInit { get; } = isInit;

    public string Name { get; } = spec.Text("name") ?? "";

    public string Image { get; } = spec.Text("image") ?? "";

    /// <summary>The present incarnation, or null: none was ever started.</summary>
    public IContainerRun? Run { get; set; }

    /// <summary>The rule it was started by, or that was found since.</summary>
    public PodRule? Rule { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>End of the present incarnation.</summary>
    public ContainerExit? Exit { get; set; }

    /// <summary>The incarnation before, with its start.</summary>
    public (ContainerExit Exit, DateTimeOffset StartedAt)? Previous { get; set; }

    /// <summary>Incarnations before the present one.</summary>
    public int RestartCount { get; set; }

    /// <summary>Why it does not run: reason and message.</summary>
    public (string Reason, string? Message) Waiting { get; set; } = isInit ? ("PodInitializing", null) : ("ContainerCreating", null);

    /// <summary>Ended, and waits for its next start.</summary>
    public bool IsBackingOff { get; set; }

    public RestartBackoff Restarts { get; } = new();

    public RestartBackoff Pulls { get; } = new();

    /// <summary>Probes of the present incarnation; null for a scripted one.</summary>
    public ContainerProbes? Probes { get; set; }

    /// <summary>Cancels the probes of the present incarnation.</summary>
    public CancellationTokenSource? Probing { get; set; }

    /// <summary>The stop that is under way, if one is.</summary>
    public ContainerStop? Stop { get; set; }

    public ContainerLog? Log { get; set; }

    public ContainerLog? PreviousLog { get; set; }

    public bool IsRunning => Run is not null && Exit is null;

    public bool HasSucceeded => Exit is { Code: 0 };

    /// <summary>Past its startup probe.</summary>
    public bool HasStarted => IsRunning && (Probes?.HasStarted ?? true);

    public bool IsReady => IsRunning && HasStarted && (Run!.IsReady ?? Probes?.IsReady ?? true);
}
