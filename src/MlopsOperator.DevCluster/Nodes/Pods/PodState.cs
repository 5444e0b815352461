using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>What the node remembers of a pod that it runs.</summary>
internal sealed class PodState
{
    public PodState(JsonObject pod, DateTimeOffset now)
    {
        Uid = pod.Uid();
        Key = pod.Key();
        StartedAt = now;
        var spec = pod.Child("spec");
        InitContainers = [.. spec.Items("initContainers").Select(container => new ContainerState(container, isInit: true))];
        Containers = [.. spec.Items("containers").Select(container => new ContainerState(container, isInit: false))];
    }

    public string Uid { get; }

    public string Key { get; }

    public DateTimeOffset StartedAt { get; }

    public IReadOnlyList<ContainerState> InitContainers { get; }

    public IReadOnlyList<ContainerState> Containers { get; }

    public IEnumerable<ContainerState> AllContainers => InitContainers.Concat(Containers);

    /// <summary>Address of the pod, once it has one.</summary>
    public string? Address { get; set; }

    /// <summary>Folder of volumes and messages, once a process needs it.</summary>
    public PodFolder? Folder { get; set; }

    /// <summary>When the pod began to end; null: it is wanted.</summary>
    public DateTimeOffset? StoppingSince { get; set; }

    /// <summary>Cancels probes and hooks when the pod is gone.</summary>
    public CancellationTokenSource Lifetime { get; } = new();

    public bool IsInitialized => InitContainers.All(container => container.HasSucceeded);
}
