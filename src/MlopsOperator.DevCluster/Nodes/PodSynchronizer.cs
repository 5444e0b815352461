using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>Binds pods to the node, leads each through its life, and writes what became of it.</summary>
internal sealed class PodSynchronizer(IClusterClient client, NodeServices node, ConcurrentDictionary<string, PodState> pods)
{
    private readonly ConcurrentDictionary<string, bool> waiting = new(StringComparer.Ordinal);
    private readonly EventWriter scheduler = new(client, node.Time, "default-scheduler");
    private readonly PodLifecycle lifecycle = new(node);

    /// <summary>Pods that run here or wait for the node.</summary>
    public IReadOnlyList<string> Keys => [.. pods.Keys.Concat(waiting.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Looks at one pod; answers when to look again without being told, or null.</summary>
    public async Task<TimeSpan?> SyncAsync(string key, CancellationToken cancellationToken)
    {
        var (space, name) = ObjectFields.SplitKey(key);
        var pod = await client.GetAsync(ResourceId.Pods, space, name, cancellationToken);
        if (pods.TryGetValue(key, out var state) && !string.Equals(state.Uid, pod?.Uid(), StringComparison.Ordinal))
        {
            await RemoveAsync(key, state);
            state = null;
        }

        if (pod is null)
        {
            waiting.TryRemove(key, out _);
        }

        pod = pod is null ? null : await BindAsync(key, pod, cancellationToken);
        if (pod is null || pod.Child("spec").Text("nodeName") is not ClusterNode.Name)
        {
            return null;
        }

        if (state is null)
        {
            if (pod.Child("status").Text("phase") is "Succeeded" or "Failed")
            {
                return null;
            }

            state = Admit(key, pod);
        }

        var next = await lifecycle.AdvanceAsync(pod, state, cancellationToken);
        var status = PodStatus.Build(pod, state, node.Time.GetUtcNow());
        if (!JsonNode.DeepEquals(status, pod.Child("status")))
        {
            pod["status"] = status;
            await client.UpdateStatusAsync(ResourceId.Pods, pod, cancellationToken);
        }

        if (PodLifecycle.HasStopped(state))
        {
            await client.DeleteAsync(ResourceId.Pods, space, name, state.Uid, 0, null, cancellationToken);
            return null;
        }

        return next is { } at ? at - node.Time.GetUtcNow() : null;
    }

    /// <summary>The pod as it is bound to a node, or null: it waits for one, or is not ours to bind.</summary>
    private async Task<JsonObject?> BindAsync(string key, JsonObject pod, CancellationToken cancellationToken)
    {
        var spec = pod.Child("spec");
        if (spec.Text("nodeName") is { Length: > 0 })
        {
            waiting.TryRemove(key, out _);
            return pod;
        }

        if (pod.IsBeingDeleted() || spec.Text("schedulerName") is not (null or "default-scheduler"))
        {
            return null;
        }

        var now = node.Time.GetUtcNow();
        if (PodScheduling.WhyNot(pod, NodeObject.Labels(node.Options), node.Options) is { } why)
        {
            waiting[key] = true;
            if (!string.Equals(pod.Condition("PodScheduled").Text("message"), why, StringComparison.Ordinal))
            {
                var status = pod.Child("status") ?? [];
                pod["status"] = status;
                status["phase"] = "Pending";
                status["conditions"] = new JsonArray(PodStatus.Condition(pod, "PodScheduled", value: false, "Unschedulable", why, now));
                await client.UpdateStatusAsync(ResourceId.Pods, pod, cancellationToken);
                await scheduler.WriteAsync(ResourceId.Pods, pod, "Warning", "FailedScheduling", why, null, cancellationToken);
            }

            return null;
        }

        waiting.TryRemove(key, out _);
        var patch = new JsonObject { ["spec"] = new JsonObject { ["nodeName"] = ClusterNode.Name } };
        var bound = await client.MergePatchAsync(ResourceId.Pods, pod.Namespace(), pod.Name(), patch, cancellationToken);
        await scheduler.WriteAsync(ResourceId.Pods, pod, "Normal", "Scheduled", $"Successfully assigned {key} to {ClusterNode.Name}", null, cancellationToken);
        return bound;
    }

    private PodState Admit(string key, JsonObject pod)
    {
        var state = new PodState(pod, node.Time.GetUtcNow());
        var labels = pod.Labels();
        var listens = state.AllContainers.Any(container => node.Options.Find(pod.Name(), labels, container.Image)?.Command is not null);
        state.Address = node.Addresses.Take(listens);
        pods[key] = state;
        return state;
    }

    private async Task RemoveAsync(string key, PodState state)
    {
        pods.TryRemove(key, out _);
        await PodLifecycle.KillAsync(state);
        if (state.Folder is { } folder)
        {
            Folders.Remove(folder.Path);
        }

        node.Addresses.Release(state.Address!);
    }
}
