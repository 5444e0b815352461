using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>
/// Deployments: a ReplicaSet for each template, old ones shrunk as new ones grow (RollingUpdate) or before (Recreate),
/// and the status that rollouts are judged by.
/// </summary>
internal sealed class DeploymentController : IAsyncDisposable
{
    private readonly IClusterClient client;
    private readonly TimeProvider time;
    private readonly ReplicaSetWriter writer;
    private readonly DeploymentResizer resizer;
    private readonly ControllerLoop loop;

    public DeploymentController(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        this.time = time;
        writer = new ReplicaSetWriter(client, new EventWriter(client, time, "deployment-controller"));
        resizer = new DeploymentResizer(writer);
        loop = new ControllerLoop("Deployment controller", ReconcileAsync, time, logger);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(
        cancellationToken,
        loop.WatchAsync(client, ResourceId.Deployments, change => loop.Add(change.Object.Key()), cancellationToken),
        loop.WatchAsync(client, ResourceId.ReplicaSets, EnqueueOwner, cancellationToken),
        loop.WatchAsync(client, ResourceId.Pods, change => EnqueueOwnerOfOwner(change), cancellationToken),
        loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void EnqueueOwner(ClusterChange change)
    {
        if (change.Object.Controller() is { } owner && owner.Text("kind") is "Deployment")
        {
            loop.Add($"{change.Object.Namespace()}/{owner.Text("name")}");
        }
    }

    /// <summary>Recreate waits for the last pod of the old sets: only the pod's end tells. The set is named after its Deployment.</summary>
    private void EnqueueOwnerOfOwner(ClusterChange change)
    {
        if (change.Type is "DELETED" && change.Object.Controller()?.Text("name") is { } set && change.Object.Labels().TryGetValue(TemplateHash.Label, out var hash)
            && set.EndsWith($"-{hash}", StringComparison.Ordinal))
        {
            loop.Add($"{change.Object.Namespace()}/{set[..^(hash.Length + 1)]}");
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        var (space, name) = ObjectFields.SplitKey(key);
        if (await client.GetAsync(ResourceId.Deployments, space, name, cancellationToken) is not { } deployment)
        {
            return null;
        }

        var plan = DeploymentPlan.Of(deployment);
        var round = await GatherAsync(deployment, plan, cancellationToken);
        if (!deployment.IsBeingDeleted())
        {
            await RollAsync(round, cancellationToken);
        }

        // Sets that were made or scaled are read again, so that the status tells of them as they are.
        var fresh = await GatherAsync(deployment, plan, cancellationToken);
        var status = DeploymentStatus.Build(deployment, plan, fresh.Newest, fresh.All, round.News, time.GetUtcNow(), round.CollisionCount);
        await WriteAsync(deployment, fresh.Newest ?? round.Newest, status, cancellationToken);
        return DeploymentStatus.UntilDeadline(status, plan, time.GetUtcNow());
    }

    private async Task<RolloutRound> GatherAsync(JsonObject deployment, DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var template = deployment.Child("spec").Child("template");
        var sets = (await client.ListAsync(ResourceId.ReplicaSets, deployment.Namespace(), null, cancellationToken))
            .Where(set => set.IsControlledBy(deployment))
            .Select(set => new OwnedReplicaSet(set))
            .OrderBy(set => set.Revision).ThenBy(set => set.Created, StringComparer.Ordinal).ThenBy(set => set.Name, StringComparer.Ordinal)
            .ToList();
        var newest = sets.Find(set => TemplateHash.IsSame(set.Object.Child("spec").Child("template"), template));
        return new RolloutRound(deployment, plan, newest, [.. sets.Where(set => set != newest)])
        {
            CollisionCount = deployment.Child("status").Number("collisionCount") ?? 0,
        };
    }

    private async Task RollAsync(RolloutRound round, CancellationToken cancellationToken)
    {
        var plan = round.Plan;
        TellPause(round);
        if (plan.Paused || DeploymentResizer.IsResized(round))
        {
            await resizer.ResizeAsync(round, cancellationToken);
            return;
        }

        if (plan.Recreate)
        {
            await RecreateAsync(round, cancellationToken);
        }
        else if (await GrowAsync(round, cancellationToken) is false)
        {
            foreach (var (set, replicas) in ReplicaShares.ForOldSets(plan, round.Newest!, round.Old.Where(set => set.Replicas > 0).ToList()))
            {
                await writer.ScaleAsync(round.Deployment, plan, set, replicas, cancellationToken);
            }
        }

        await TrimHistoryAsync(round, cancellationToken);
    }

    private static void TellPause(RolloutRound round)
    {
        var reason = round.Deployment.Condition("Progressing").Text("reason");
        if (round.Plan.Paused && reason is not "DeploymentPaused" and not "ProgressDeadlineExceeded")
        {
            round.News = new ProgressNews("Unknown", "DeploymentPaused", "Deployment is paused");
        }
        else if (!round.Plan.Paused && reason is "DeploymentPaused")
        {
            round.News = new ProgressNews("Unknown", "DeploymentResumed", "Deployment is resumed");
        }
    }

    private async Task RecreateAsync(RolloutRound round, CancellationToken cancellationToken)
    {
        var old = round.Old.Where(set => set.Replicas > 0).ToList();
        foreach (var set in old)
        {
            await writer.ScaleAsync(round.Deployment, round.Plan, set, 0, cancellationToken);
        }

        if (old.Count > 0 || await AnyRunsAsync(round.Deployment, round.Old, cancellationToken))
        {
            return;
        }

        await GrowAsync(round, cancellationToken);
    }

    private async Task<bool> AnyRunsAsync(JsonObject deployment, IReadOnlyList<OwnedReplicaSet> sets, CancellationToken cancellationToken)
    {
        if (sets.Count == 0)
        {
            return false;
        }

        var pods = await client.ListAsync(ResourceId.Pods, deployment.Namespace(), null, cancellationToken);
        return pods.Any(pod => !PodReadiness.HasEnded(pod) && sets.Any(set => pod.IsControlledBy(set.Object)));
    }

    /// <summary>Makes or scales the newest set; whether it did anything.</summary>
    private async Task<bool> GrowAsync(RolloutRound round, CancellationToken cancellationToken)
    {
        var plan = round.Plan;
        if (round.Newest is null)
        {
            round.Newest = await writer.CreateAsync(round.Deployment, plan, round.Old, round.CollisionCount, cancellationToken);
            if (round.Newest is null)
            {
                round.CollisionCount++;
                return true;
            }

            round.News = new ProgressNews("True", "NewReplicaSetCreated", $"Created new replica set \"{round.Newest.Name}\"");
            return true;
        }

        if (round.Deployment.Condition("Progressing") is null)
        {
            round.News = new ProgressNews("True", "FoundNewReplicaSet", $"Found new replica set \"{round.Newest.Name}\"");
        }

        round.Newest = await writer.RefreshAsync(round.Deployment, plan, round.Newest, round.Old, cancellationToken);
        var replicas = ReplicaShares.ForNewSet(plan, round.Newest.Replicas, round.Newest.Replicas + round.Old.Sum(set => set.Replicas));
        if (replicas == round.Newest.Replicas)
        {
            return false;
        }

        round.Newest = await writer.ScaleAsync(round.Deployment, plan, round.Newest, replicas, cancellationToken);
        return true;
    }

    /// <summary>Oldest sets beyond the limit go, once the rollout is complete and they have no pods.</summary>
    private async Task TrimHistoryAsync(RolloutRound round, CancellationToken cancellationToken)
    {
        if (round.Newest is not { } newest || newest.Available != round.Plan.Replicas || round.Old.Any(set => set.Replicas > 0 || set.Actual > 0))
        {
            return;
        }

        foreach (var set in round.Old.Where(set => !set.Object.IsBeingDeleted()).Take(round.Old.Count - round.Plan.HistoryLimit))
        {
            await client.DeleteAsync(ResourceId.ReplicaSets, round.Deployment.Namespace(), set.Name, set.Object.Uid(), null, null, cancellationToken);
        }
    }

    private async Task WriteAsync(JsonObject deployment, OwnedReplicaSet? newest, JsonObject status, CancellationToken cancellationToken)
    {
        var revision = newest?.Revision.ToString(CultureInfo.InvariantCulture);
        if (revision is not null && !string.Equals(deployment.Annotations().GetValueOrDefault(OwnedReplicaSet.RevisionAnnotation), revision, StringComparison.Ordinal))
        {
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [OwnedReplicaSet.RevisionAnnotation] = revision } } };
            var patched = await client.MergePatchAsync(ResourceId.Deployments, deployment.Namespace(), deployment.Name(), patch, cancellationToken);
            deployment.Child("metadata")!["resourceVersion"] = patched.Child("metadata").Text("resourceVersion");
        }

        if (!JsonNode.DeepEquals(status, deployment.Child("status")))
        {
            deployment["status"] = status;
            await client.UpdateStatusAsync(ResourceId.Deployments, deployment, cancellationToken);
        }
    }
}
