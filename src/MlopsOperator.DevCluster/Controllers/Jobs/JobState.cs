using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers.Jobs;

/// <summary>
/// Pure: the status of a Job as its pods make it. An end is counted in three writes, of which each may be the last before a crash: the pod's UID is
/// noted in the status, the pod loses its finalizer, the note becomes a count.
/// </summary>
internal sealed class JobState
{
    private readonly JsonObject job;
    private readonly JobPods pods;
    private readonly DateTimeOffset now;
    private readonly List<string> succeeded;
    private readonly List<string> failed;
    private readonly bool hasNewFailure;

    public JobState(JsonObject job, JobPods pods, DateTimeOffset now)
    {
        (this.job, this.pods, this.now) = (job, pods, now);
        Status = (JsonObject?)job.Child("status")?.DeepClone() ?? [];
        var noted = Status.Child("uncountedTerminatedPods");
        (succeeded, failed) = (Count("succeeded", noted.Texts("succeeded")), Count("failed", noted.Texts("failed")));
        var before = Failed;
        foreach (var pod in pods.All.Where(JobPods.IsTracked))
        {
            var uid = pod.Uid();
            if (succeeded.Contains(uid, StringComparer.Ordinal) || failed.Contains(uid, StringComparer.Ordinal))
            {
                continue;
            }

            if (JobPods.HasSucceeded(pod))
            {
                succeeded.Add(uid);
            }
            else if (pods.HasFailed(pod))
            {
                failed.Add(uid);
            }
        }

        hasNewFailure = Failed > before;
        IsSuspended = Spec.IsTrue("suspend");
    }

    public JsonObject Status { get; }

    public bool IsSuspended { get; }

    /// <summary>Pods that ended with success, counted or noted.</summary>
    public int Succeeded => (Status.Number("succeeded") ?? 0) + succeeded.Count;

    /// <summary>Pods that failed, counted or noted.</summary>
    public int Failed => (Status.Number("failed") ?? 0) + failed.Count;

    /// <summary>Whether no more pods are to run: the Job is as good as complete or failed.</summary>
    public bool IsDecided => Is("SuccessCriteriaMet") || Is("FailureTarget");

    /// <summary>Pods that are wanted now.</summary>
    public int Wanted
    {
        get
        {
            if (IsSuspended || IsDecided)
            {
                return 0;
            }

            var parallelism = Spec.Number("parallelism") ?? 1;
            return Spec.Number("completions") is { } completions ? Math.Clamp(completions - Succeeded, 0, parallelism)
                : Succeeded > 0 ? Math.Min(pods.Active.Count, parallelism) : parallelism;
        }
    }

    private JsonObject? Spec => job.Child("spec");

    /// <summary>Notes whose pods have lost, or are to lose, their finalizer.</summary>
    public bool IsNoted(JsonObject pod) => succeeded.Contains(pod.Uid(), StringComparer.Ordinal) || failed.Contains(pod.Uid(), StringComparer.Ordinal);

    /// <summary>Decides whether the Job is to complete or to fail.</summary>
    public void Decide()
    {
        if (IsDecided)
        {
            return;
        }

        var limit = Spec.Number("backoffLimit") ?? 6;
        var restarts = Spec.Child("template").Child("spec").Text("restartPolicy") is "OnFailure" ? pods.Restarts() : 0;
        if ((hasNewFailure && Failed > limit) || (restarts > 0 && restarts >= limit))
        {
            Set("FailureTarget", value: true, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        else if (UntilDeadline() <= TimeSpan.Zero)
        {
            Set("FailureTarget", value: true, "DeadlineExceeded", "Job was active longer than specified deadline");
        }
        else if (Spec.Number("completions") is { } completions ? Succeeded >= completions : Succeeded > 0 && pods.Active.Count == 0)
        {
            Set("SuccessCriteriaMet", value: true, "CompletionsReached", "Reached expected number of succeeded pods");
        }
    }

    /// <summary>How long the Job may still run, or null: it has no deadline, or its time does not run.</summary>
    public TimeSpan? UntilDeadline() =>
        !IsSuspended && Spec.LongNumber("activeDeadlineSeconds") is { } seconds && Status.Time("startTime") is { } start ? start + TimeSpan.FromSeconds(seconds) - now : null;

    /// <summary>Starts and stops the Job's time; null, or what happened as an event tells it.</summary>
    public (string Reason, string Message)? Suspend()
    {
        var told = job.Condition("Suspended").Text("status");
        if (IsSuspended)
        {
            Status.Remove("startTime");
            return told is not "True" ? Change(value: true, "Suspended", "JobSuspended", "Job suspended") : null;
        }

        Status["startTime"] ??= now.ToApiTime();
        return told is "True" ? Change(value: false, "Resumed", "JobResumed", "Job resumed") : null;

        (string, string) Change(bool value, string reason, string conditionReason, string message)
        {
            Set("Suspended", value, conditionReason, message);
            return (reason, message);
        }
    }

    /// <summary>Sums up, and ends the Job if all its pods have ended and are counted.</summary>
    /// <param name="active">Pods that run now, those among them that were just created too.</param>
    /// <returns>The condition that ended it now, or null.</returns>
    public JsonObject? Finish(int active)
    {
        Amount("active", active);
        Status["ready"] = pods.Active.Count(PodReadiness.IsReady);
        Status["terminating"] = pods.Terminating.Count;
        var noted = new JsonObject();
        foreach (var (name, uids) in new[] { ("succeeded", succeeded), ("failed", failed) })
        {
            if (uids.Count > 0)
            {
                noted[name] = new JsonArray([.. uids.Select(uid => JsonValue.Create(uid))]);
            }
        }

        Status["uncountedTerminatedPods"] = noted;
        if (!IsDecided || active > 0 || pods.Terminating.Count > 0 || noted.Count > 0)
        {
            return null;
        }

        var isComplete = Is("SuccessCriteriaMet");
        var cause = Find(isComplete ? "SuccessCriteriaMet" : "FailureTarget");
        if (isComplete)
        {
            Status["completionTime"] = now.ToApiTime();
        }

        return Set(isComplete ? "Complete" : "Failed", value: true, cause.Text("reason")!, cause.Text("message")!);
    }

    /// <summary>Makes counts of the notes whose pods have lost their finalizer or are gone; the other notes.</summary>
    private List<string> Count(string name, IReadOnlyList<string> noted)
    {
        var open = noted.Where(uid => pods.All.Any(pod => JobPods.IsTracked(pod) && string.Equals(pod.Uid(), uid, StringComparison.Ordinal))).ToList();
        Amount(name, (Status.Number(name) ?? 0) + noted.Count - open.Count);
        return open;
    }

    private void Amount(string name, int amount)
    {
        Status.Remove(name);
        if (amount > 0)
        {
            Status[name] = amount;
        }
    }

    private bool Is(string type) => Find(type).Text("status") is "True";

    private JsonObject? Find(string type) => Status.Items("conditions").FirstOrDefault(condition => string.Equals(condition.Text("type"), type, StringComparison.Ordinal));

    private JsonObject Set(string type, bool value, string reason, string message)
    {
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value ? "True" : "False",
            ["lastProbeTime"] = now.ToApiTime(),
            ["lastTransitionTime"] = now.ToApiTime(),
            ["reason"] = reason,
            ["message"] = message,
        };
        var others = Status.Items("conditions").Where(other => !string.Equals(other.Text("type"), type, StringComparison.Ordinal)).Select(other => other.DeepClone());
        Status["conditions"] = new JsonArray([.. others, condition]);
        return condition;
    }
}
