using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers.Jobs;

/// <summary>The pods of a Job as its controller counts them.</summary>
internal sealed class JobPods
{
    /// <summary>Keeps a pod until its end is counted in the Job's status, so that nobody who deletes pods can make a Job forget.</summary>
    public const string Finalizer = "batch.kubernetes.io/job-tracking";

    private readonly bool countsTerminating;

    public JobPods(JsonObject job, IEnumerable<JsonObject> pods)
    {
        countsTerminating = job.Child("spec").Text("podReplacementPolicy") is not "Failed";
        All = [.. pods.Where(pod => pod.IsControlledBy(job))];
        Active = [.. All.Where(PodReadiness.IsActive)];
        Terminating = [.. All.Where(pod => pod.IsBeingDeleted() && !PodReadiness.HasEnded(pod))];
    }

    public IReadOnlyList<JsonObject> All { get; }

    /// <summary>Neither ended nor on their way out.</summary>
    public IReadOnlyList<JsonObject> Active { get; }

    /// <summary>On their way out and not yet ended.</summary>
    public IReadOnlyList<JsonObject> Terminating { get; }

    /// <summary>Pods that take the place of new ones until they have ended.</summary>
    public int Occupied => Active.Count + (countsTerminating ? 0 : Terminating.Count);

    public static bool IsTracked(JsonObject pod) => pod.Child("metadata").Texts("finalizers").Contains(Finalizer, StringComparer.Ordinal);

    public static bool HasSucceeded(JsonObject pod) => pod.Child("status").Text("phase") is "Succeeded";

    /// <summary>A pod that is deleted counts as failed at once, unless only failed pods may be replaced.</summary>
    public bool HasFailed(JsonObject pod) =>
        pod.Child("status").Text("phase") is "Failed" || (countsTerminating && pod.IsBeingDeleted() && !HasSucceeded(pod));

    /// <summary>Restarts of containers within the pods, which count against the limit when pods themselves are restarted.</summary>
    public int Restarts() => All.Where(pod => pod.Child("status").Text("phase") is "Running" or "Pending")
        .SelectMany(pod => pod.Child("status").Items("initContainerStatuses").Concat(pod.Child("status").Items("containerStatuses")))
        .Sum(container => container.Number("restartCount") ?? 0);

    /// <summary>When the next pod may be created: failures one after the other make it wait for 10 s, 20 s, 40 s … ten minutes.</summary>
    public DateTimeOffset? NotBefore(DateTimeOffset now)
    {
        var ends = All.Where(pod => HasSucceeded(pod) || HasFailed(pod)).Select(pod => (Failed: !HasSucceeded(pod), At: EndedAt(pod, now))).OrderByDescending(end => end.At).ToList();
        var failures = ends.TakeWhile(end => end.Failed).Count();
        return failures == 0 ? null : ends[0].At + TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(2, failures - 1), 600));
    }

    private static DateTimeOffset EndedAt(JsonObject pod, DateTimeOffset now)
    {
        var ends = pod.Child("status").Items("containerStatuses").Select(container => container.Child("state").Child("terminated").Time("finishedAt")).OfType<DateTimeOffset>().ToList();
        if (ends.Count > 0)
        {
            return ends.Max();
        }

        var metadata = pod.Child("metadata");
        var asked = metadata.Time("deletionTimestamp") - TimeSpan.FromSeconds(metadata.Number("deletionGracePeriodSeconds") ?? 0);
        return asked ?? pod.Condition("Ready").Time("lastTransitionTime") ?? metadata.Time("creationTimestamp") ?? now;
    }
}
