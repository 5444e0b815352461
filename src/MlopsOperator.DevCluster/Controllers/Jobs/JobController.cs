using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers.Jobs;

/// <summary>Runs the pods of Jobs until enough of them succeeded or too many failed, and counts them.</summary>
internal sealed class JobController : IAsyncDisposable
{
    private const string OrphanPrefix = "pod:";
    private static readonly string[] ends = ["Complete", "Failed"];

    private readonly IClusterClient client;
    private readonly TimeProvider time;
    private readonly EventWriter events;
    private readonly JobPodWriter writer;
    private readonly ControllerLoop loop;

    public JobController(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        this.time = time;
        events = new EventWriter(client, time, "job-controller");
        writer = new JobPodWriter(client, events);
        loop = new ControllerLoop("Job controller", ReconcileAsync, time, logger);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(
        cancellationToken,
        loop.WatchAsync(client, ResourceId.Jobs, OnJob, cancellationToken),
        loop.WatchAsync(client, ResourceId.Pods, OnPod, cancellationToken),
        loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void OnJob(ClusterChange change)
    {
        if (change.Type is not "DELETED")
        {
            loop.Add(change.Object.Key());
        }
    }

    private void OnPod(ClusterChange change)
    {
        var owner = change.Object.Controller();
        if (owner.Text("kind") is "Job")
        {
            loop.Add($"{change.Object.Namespace()}/{owner.Text("name")}");
        }

        if (change.Type is not "DELETED" && JobPods.IsTracked(change.Object) && (owner is null || change.Object.IsBeingDeleted()))
        {
            loop.Add(OrphanPrefix + change.Object.Key());
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        if (key.StartsWith(OrphanPrefix, StringComparison.Ordinal))
        {
            await ReleaseOrphanAsync(key[OrphanPrefix.Length..], cancellationToken);
            return null;
        }

        var (space, name) = ObjectFields.SplitKey(key);
        if (await client.GetAsync(ResourceId.Jobs, space, name, cancellationToken) is not { } job
            || job.Child("spec").Text("managedBy") is not (null or "kubernetes.io/job-controller"))
        {
            return null;
        }

        if (FinishedAt(job) is { } finished)
        {
            return await ExpireAsync(job, finished, cancellationToken);
        }

        var now = time.GetUtcNow();
        var pods = new JobPods(job, await client.ListAsync(ResourceId.Pods, space, null, cancellationToken));
        var state = new JobState(job, pods, now);
        state.Decide();
        var active = pods.Active.Count;
        var again = state.UntilDeadline();
        ClusterApiException? failure = null;
        if (!job.IsBeingDeleted())
        {
            var wanted = state.Wanted;
            active -= await writer.RemoveAsync(job, pods.Active, active - wanted, cancellationToken);
            var missing = wanted - pods.Occupied;
            var pause = missing > 0 ? pods.NotBefore(now) - now : null;
            if (pause > TimeSpan.Zero)
            {
                again = again is null || pause < again ? pause : again;
            }
            else
            {
                (var created, failure) = await writer.CreateAsync(job, missing, cancellationToken);
                active += created;
            }
        }

        await WriteStatusAsync(job, state, active, cancellationToken);
        await writer.ReleaseAsync(pods.All.Where(state.IsNoted), cancellationToken);
        return failure is null ? again : throw failure;
    }

    private static DateTimeOffset? FinishedAt(JsonObject job) =>
        ends.Where(job.HasCondition).Select(type => job.Condition(type).Time("lastTransitionTime")).FirstOrDefault();

    /// <summary>A finished Job with spec.ttlSecondsAfterFinished goes when that time is over.</summary>
    private async Task<TimeSpan?> ExpireAsync(JsonObject job, DateTimeOffset finished, CancellationToken cancellationToken)
    {
        if (job.Child("spec").LongNumber("ttlSecondsAfterFinished") is not { } seconds || job.IsBeingDeleted())
        {
            return null;
        }

        var left = finished + TimeSpan.FromSeconds(seconds) - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        try
        {
            await client.DeleteAsync(ResourceId.Jobs, job.Namespace(), job.Name(), job.Uid(), null, "Foreground", cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Code == 404)
        {
            // Somebody else was faster.
        }

        return null;
    }

    private async Task WriteStatusAsync(JsonObject job, JobState state, int active, CancellationToken cancellationToken)
    {
        var suspension = state.Suspend();
        var end = state.Finish(active);
        if (JsonNode.DeepEquals(state.Status, job.Child("status")))
        {
            return;
        }

        job["status"] = state.Status;
        var written = await client.UpdateStatusAsync(ResourceId.Jobs, job, cancellationToken);
        if (suspension is var (reason, message))
        {
            await events.WriteAsync(ResourceId.Jobs, written, "Normal", reason, message, null, cancellationToken);
        }

        if (end.Text("type") is { } type)
        {
            var (kind, why, what) = type is "Complete" ? ("Normal", "Completed", "Job completed") : ("Warning", end.Text("reason")!, end.Text("message")!);
            await events.WriteAsync(ResourceId.Jobs, written, kind, why, what, null, cancellationToken);
        }
    }

    /// <summary>A pod that no Job counts any more need not wait for it.</summary>
    private async Task ReleaseOrphanAsync(string key, CancellationToken cancellationToken)
    {
        var (space, name) = ObjectFields.SplitKey(key);
        if (await client.GetAsync(ResourceId.Pods, space, name, cancellationToken) is not { } pod || !JobPods.IsTracked(pod))
        {
            return;
        }

        var owner = pod.Controller();
        var job = owner.Text("kind") is "Job" ? await client.GetAsync(ResourceId.Jobs, space, owner.Text("name") ?? "", cancellationToken) : null;
        if (job is null || !pod.IsControlledBy(job) || FinishedAt(job) is not null)
        {
            await writer.ReleaseAsync([pod], cancellationToken);
        }
    }
}
