using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as a ReplicaSet asks for, and tells how many there are.</summary>
internal sealed class ReplicaSetController : IAsyncDisposable
{
    /// <summary>Pods that one look creates at most; the rest follows with the events of the first.</summary>
    private const int MaxBurst = 500;

    private readonly IClusterClient client;
    private readonly TimeProvider time;
    private readonly EventWriter events;
    private readonly ControllerLoop loop;

    public ReplicaSetController(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        this.time = time;
        events = new EventWriter(client, time, "replicaset-controller");
        loop = new ControllerLoop("ReplicaSet controller", ReconcileAsync, time, logger);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(
        cancellationToken,
        loop.WatchAsync(client, ResourceId.ReplicaSets, change => loop.Add(change.Object.Key()), cancellationToken),
        loop.WatchAsync(client, ResourceId.Pods, EnqueueOwner, cancellationToken),
        loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void EnqueueOwner(ClusterChange change)
    {
        if (change.Object.Controller() is { } owner && owner.Text("kind") is "ReplicaSet")
        {
            loop.Add($"{change.Object.Namespace()}/{owner.Text("name")}");
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        var (space, name) = ObjectFields.SplitKey(key);
        if (await client.GetAsync(ResourceId.ReplicaSets, space, name, cancellationToken) is not { } set)
        {
            return null;
        }

        var pods = await OwnPodsAsync(set, cancellationToken);
        var failure = set.IsBeingDeleted() ? null : await ScaleAsync(set, pods, cancellationToken);
        pods = await OwnPodsAsync(set, cancellationToken);
        var now = time.GetUtcNow();
        await WriteStatusAsync(set, pods, failure, now, cancellationToken);
        if (failure is not null)
        {
            throw failure;
        }

        var minReady = set.Child("spec").Number("minReadySeconds") ?? 0;
        return pods.Where(PodReadiness.IsActive).Select(pod => PodReadiness.UntilAvailable(pod, minReady, now)).Where(left => left > TimeSpan.Zero).Min();
    }

    private async Task<IReadOnlyList<JsonObject>> OwnPodsAsync(JsonObject set, CancellationToken cancellationToken)
    {
        var pods = await client.ListAsync(ResourceId.Pods, set.Namespace(), null, cancellationToken);
        return [.. pods.Where(pod => pod.IsControlledBy(set))];
    }

    /// <summary>The error that kept it from creating a pod, or null.</summary>
    private async Task<ClusterApiException?> ScaleAsync(JsonObject set, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        var active = pods.Where(PodReadiness.IsActive).ToList();
        var wanted = set.Child("spec").Number("replicas") ?? 1;
        for (var missing = Math.Min(wanted - active.Count, MaxBurst); missing > 0; missing--)
        {
            try
            {
                var pod = await client.CreateAsync(ResourceId.Pods, NewPod(set), cancellationToken);
                await events.WriteAsync(ResourceId.ReplicaSets, set, "Normal", "SuccessfulCreate", $"Created pod: {pod.Name()}", null, cancellationToken);
            }
            catch (ClusterApiException exception)
            {
                await events.WriteAsync(ResourceId.ReplicaSets, set, "Warning", "FailedCreate", $"Error creating: {exception.Message}", null, cancellationToken);
                return exception;
            }
        }

        foreach (var pod in DeletionOrder.Sort(active).Take(active.Count - wanted).ToList())
        {
            try
            {
                await client.DeleteAsync(ResourceId.Pods, pod.Namespace(), pod.Name(), pod.Uid(), null, null, cancellationToken);
                await events.WriteAsync(ResourceId.ReplicaSets, set, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name()}", null, cancellationToken);
            }
            catch (ClusterApiException exception) when (exception.Code == 404)
            {
                // Somebody else was faster.
            }
        }

        return null;
    }

    private static JsonObject NewPod(JsonObject set)
    {
        var template = set.Child("spec").Child("template");
        var metadata = new JsonObject
        {
            ["generateName"] = $"{set.Name()}-",
            ["namespace"] = set.Namespace(),
            ["labels"] = template.Child("metadata").Map("labels").ToJson(),
        };
        if (template.Child("metadata").Child("annotations") is { } annotations)
        {
            metadata["annotations"] = annotations.DeepClone();
        }

        metadata["ownerReferences"] = new JsonArray(ResourceId.ReplicaSets.ControllerReference(set));
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template.Child("spec")?.DeepClone(),
        };
    }

    private async Task WriteStatusAsync(JsonObject set, IReadOnlyList<JsonObject> pods, ClusterApiException? failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = Status(set, pods, failure, now);
        if (JsonNode.DeepEquals(status, set.Child("status")))
        {
            return;
        }

        set["status"] = status;
        await client.UpdateStatusAsync(ResourceId.ReplicaSets, set, cancellationToken);
    }

    private static JsonObject Status(JsonObject set, IReadOnlyList<JsonObject> pods, ClusterApiException? failure, DateTimeOffset now)
    {
        var active = pods.Where(PodReadiness.IsActive).ToList();
        var minReady = set.Child("spec").Number("minReadySeconds") ?? 0;
        var templateLabels = set.Child("spec").Child("template").Child("metadata").Map("labels");
        var status = new JsonObject { ["replicas"] = active.Count };
        AddCount(status, "fullyLabeledReplicas", active.Count(pod => LabelSelection.MatchesAll(templateLabels, pod.Labels())));
        AddCount(status, "readyReplicas", active.Count(PodReadiness.IsReady));
        AddCount(status, "availableReplicas", active.Count(pod => PodReadiness.UntilAvailable(pod, minReady, now) == TimeSpan.Zero));
        status["terminatingReplicas"] = pods.Count(pod => pod.IsBeingDeleted() && !PodReadiness.HasEnded(pod));
        status["observedGeneration"] = set.Child("metadata").LongNumber("generation") ?? 0;
        if (failure is not null)
        {
            var since = set.Condition("ReplicaFailure").Text("lastTransitionTime") ?? now.ToApiTime();
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "ReplicaFailure",
                ["status"] = "True",
                ["lastTransitionTime"] = since,
                ["reason"] = "FailedCreate",
                ["message"] = failure.Message,
            });
        }

        return status;
    }

    private static void AddCount(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }
}
