using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>Pure: the status of a Deployment from its ReplicaSets and the status before.</summary>
internal sealed class DeploymentStatus
{
    private readonly JsonObject deployment;
    private readonly DeploymentPlan plan;
    private readonly OwnedReplicaSet? newest;
    private readonly IReadOnlyList<OwnedReplicaSet> all;
    private readonly DateTimeOffset now;
    private readonly List<JsonObject> conditions;

    private DeploymentStatus(JsonObject deployment, DeploymentPlan plan, OwnedReplicaSet? newest, IReadOnlyList<OwnedReplicaSet> all, DateTimeOffset now)
    {
        this.deployment = deployment;
        this.plan = plan;
        this.newest = newest;
        this.all = all;
        this.now = now;
        conditions = [.. deployment.Child("status").Items("conditions").Select(condition => (JsonObject)condition.DeepClone())];
    }

    private int Replicas => all.Sum(set => set.Actual);

    private int Updated => newest?.Actual ?? 0;

    private int Available => all.Sum(set => set.Available);

    private int Ready => all.Sum(set => set.Ready);

    private bool IsComplete => Updated == plan.Replicas && Replicas == plan.Replicas && Available == plan.Replicas;

    /// <param name="deployment">The Deployment, with the status before.</param>
    /// <param name="plan">Its spec.</param>
    /// <param name="newest">The set of its present template, if there is one.</param>
    /// <param name="all">All its sets.</param>
    /// <param name="news">Reason and message of Progressing if something was just made, found, or paused.</param>
    /// <param name="now">The present.</param>
    /// <param name="collisionCount">Hash collisions met so far.</param>
    public static JsonObject Build(
        JsonObject deployment, DeploymentPlan plan, OwnedReplicaSet? newest, IReadOnlyList<OwnedReplicaSet> all, ProgressNews? news, DateTimeOffset now, int collisionCount)
    {
        var status = new DeploymentStatus(deployment, plan, newest, all, now);
        if (news is not null)
        {
            status.Set("Progressing", news.Status, news.Reason, news.Message);
        }

        status.SetAvailable();
        status.SetProgressing();
        status.SetFailure();
        return status.ToJson(collisionCount);
    }

    /// <summary>How long until a stuck rollout has to be called one; null: it is not waiting for progress.</summary>
    public static TimeSpan? UntilDeadline(JsonObject status, DeploymentPlan plan, DateTimeOffset now)
    {
        var progressing = status.Items("conditions").FirstOrDefault(condition => condition.Text("type") is "Progressing");
        if (plan.Paused || plan.ProgressDeadline is not { } deadline || progressing?.Text("reason") is null or "NewReplicaSetAvailable" or "ProgressDeadlineExceeded")
        {
            return null;
        }

        var left = (progressing.Time("lastUpdateTime") ?? now) + deadline - now;

        // One second more: times are whole seconds, and the deadline must have passed.
        return (left < TimeSpan.Zero ? TimeSpan.Zero : left) + TimeSpan.FromSeconds(1);
    }

    private void SetAvailable()
    {
        if (Available >= plan.MinAvailable)
        {
            Set("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.");
        }
        else
        {
            Set("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
        }
    }

    private void SetProgressing()
    {
        var current = Find("Progressing");
        var before = deployment.Child("status");
        if (plan.Paused || plan.ProgressDeadline is not { } deadline || (Replicas == Updated && current.Text("reason") is "NewReplicaSetAvailable"))
        {
            return;
        }

        var subject = newest is null ? $"Deployment \"{deployment.Name()}\"" : $"ReplicaSet \"{newest.Name}\"";
        if (IsComplete)
        {
            Set("Progressing", "True", "NewReplicaSetAvailable", $"{subject} has successfully progressed.");
        }
        else if (HasProgressed(before))
        {
            Set("Progressing", "True", "ReplicaSetUpdated", $"{subject} is progressing.", renew: true);
        }
        else if (current is not null && current.Text("reason") is not "ProgressDeadlineExceeded" && current.Time("lastUpdateTime") + deadline < now)
        {
            Set("Progressing", "False", "ProgressDeadlineExceeded", $"{subject} has timed out progressing.");
        }
    }

    private bool HasProgressed(JsonObject? before)
    {
        var updatedBefore = before.Number("updatedReplicas") ?? 0;
        var oldBefore = (before.Number("replicas") ?? 0) - updatedBefore;
        return Updated > updatedBefore || Replicas - Updated < oldBefore
            || Ready > (before.Number("readyReplicas") ?? 0) || Available > (before.Number("availableReplicas") ?? 0);
    }

    private void SetFailure()
    {
        var failure = all.Select(set => set.Object.Condition("ReplicaFailure")).FirstOrDefault(condition => condition is not null);
        if (failure is null)
        {
            conditions.RemoveAll(condition => condition.Text("type") is "ReplicaFailure");
        }
        else
        {
            Set("ReplicaFailure", "True", failure.Text("reason") ?? "", failure.Text("message") ?? "");
        }
    }

    private JsonObject? Find(string type) => conditions.Find(condition => string.Equals(condition.Text("type"), type, StringComparison.Ordinal));

    private void Set(string type, string value, string reason, string message, bool renew = false)
    {
        var current = Find(type);
        var sameStatus = string.Equals(current.Text("status"), value, StringComparison.Ordinal);
        if (sameStatus && !renew && string.Equals(current.Text("reason"), reason, StringComparison.Ordinal))
        {
            return;
        }

        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastUpdateTime"] = now.ToApiTime(),
            ["lastTransitionTime"] = sameStatus ? current.Text("lastTransitionTime") : now.ToApiTime(),
            ["reason"] = reason,
            ["message"] = message,
        };
        if (current is not null)
        {
            conditions.Remove(current);
        }

        conditions.Add(condition);
    }

    private JsonObject ToJson(int collisionCount)
    {
        var status = new JsonObject { ["observedGeneration"] = deployment.Child("metadata").LongNumber("generation") ?? 0 };
        AddCount(status, "replicas", Replicas);
        AddCount(status, "updatedReplicas", Updated);
        AddCount(status, "readyReplicas", Ready);
        AddCount(status, "availableReplicas", Available);
        AddCount(status, "unavailableReplicas", Math.Max(0, all.Sum(set => set.Replicas) - Available));
        AddCount(status, "collisionCount", collisionCount);
        status["terminatingReplicas"] = all.Sum(set => set.Terminating);
        status["conditions"] = new JsonArray([.. conditions.OrderBy(condition => condition.Text("type"), StringComparer.Ordinal)]);
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
