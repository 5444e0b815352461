using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>Writes the ReplicaSets of a Deployment: makes, scales and annotates them.</summary>
internal sealed class ReplicaSetWriter(IClusterClient client, EventWriter events)
{
    /// <summary>The ReplicaSet of the present template, made if it was not there. Null: its name is taken by a set that is not ours.</summary>
    public async Task<OwnedReplicaSet?> CreateAsync(JsonObject deployment, DeploymentPlan plan, IReadOnlyList<OwnedReplicaSet> old, int collisionCount, CancellationToken cancellationToken)
    {
        var template = (JsonObject)deployment.Child("spec").Child("template")!.DeepClone();
        var hash = TemplateHash.Of(template, collisionCount);
        var replicas = ReplicaShares.ForNewSet(plan, 0, old.Sum(set => set.Replicas));
        var labels = template.Child("metadata").Map("labels").Append(new(TemplateHash.Label, hash)).ToDictionary(StringComparer.Ordinal);
        var metadata = template.Child("metadata");
        if (metadata is null)
        {
            template["metadata"] = metadata = [];
        }

        metadata["labels"] = labels.ToJson();
        var selector = (JsonObject)deployment.Child("spec").Child("selector")!.DeepClone();
        selector["matchLabels"] = selector.Map("matchLabels").Append(new(TemplateHash.Label, hash)).ToJson();
        var content = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name()}-{hash}",
                ["namespace"] = deployment.Namespace(),
                ["labels"] = labels.ToJson(),
                ["annotations"] = Annotations(deployment, plan, NextRevision(old)).ToJson(),
                ["ownerReferences"] = new JsonArray(ResourceId.Deployments.ControllerReference(deployment)),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
        };
        if (deployment.Child("spec").Number("minReadySeconds") is { } minReady and > 0)
        {
            content.Child("spec")!["minReadySeconds"] = minReady;
        }

        try
        {
            var made = new OwnedReplicaSet(await client.CreateAsync(ResourceId.ReplicaSets, content, cancellationToken));
            await TellAsync(deployment, made.Name, 0, replicas, cancellationToken);
            return made;
        }
        catch (ClusterApiException exception) when (exception.Code == 409 && exception.Reason is "AlreadyExists")
        {
            return null;
        }
    }

    /// <summary>Sets the replicas of a set, and the annotations that say what they were derived from.</summary>
    public async Task<OwnedReplicaSet> ScaleAsync(JsonObject deployment, DeploymentPlan plan, OwnedReplicaSet set, int replicas, CancellationToken cancellationToken)
    {
        var before = set.Replicas;
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = Sizes(plan).ToJson() },
            ["spec"] = new JsonObject { ["replicas"] = replicas },
        };
        var after = new OwnedReplicaSet(await client.MergePatchAsync(ResourceId.ReplicaSets, deployment.Namespace(), set.Name, patch, cancellationToken));
        if (before != replicas)
        {
            await TellAsync(deployment, set.Name, before, replicas, cancellationToken);
        }

        return after;
    }

    /// <summary>Brings revision, sizes, copied annotations and minReadySeconds of the newest set up to date.</summary>
    public async Task<OwnedReplicaSet> RefreshAsync(JsonObject deployment, DeploymentPlan plan, OwnedReplicaSet newest, IReadOnlyList<OwnedReplicaSet> old, CancellationToken cancellationToken)
    {
        var wanted = Annotations(deployment, plan, Math.Max(newest.Revision, NextRevision(old)));
        var current = newest.Object.Annotations();
        var patch = new JsonObject();
        if (!LabelSelection.MatchesAll(wanted, current))
        {
            patch["metadata"] = new JsonObject { ["annotations"] = wanted.ToJson() };
        }

        var minReady = deployment.Child("spec").Number("minReadySeconds") ?? 0;
        if (minReady != (newest.Object.Child("spec").Number("minReadySeconds") ?? 0))
        {
            patch["spec"] = new JsonObject { ["minReadySeconds"] = minReady };
        }

        return patch.Count == 0
            ? newest
            : new OwnedReplicaSet(await client.MergePatchAsync(ResourceId.ReplicaSets, deployment.Namespace(), newest.Name, patch, cancellationToken));
    }

    private static long NextRevision(IReadOnlyList<OwnedReplicaSet> old) => (old.Count == 0 ? 0 : old.Max(set => set.Revision)) + 1;

    private static Dictionary<string, string> Annotations(JsonObject deployment, DeploymentPlan plan, long revision)
    {
        var annotations = deployment.Annotations()
            .Where(pair => !pair.Key.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal) && pair.Key is not "kubectl.kubernetes.io/last-applied-configuration")
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in Sizes(plan))
        {
            annotations[key] = value;
        }

        annotations[OwnedReplicaSet.RevisionAnnotation] = revision.ToString(CultureInfo.InvariantCulture);
        return annotations;
    }

    private static Dictionary<string, string> Sizes(DeploymentPlan plan) => new(StringComparer.Ordinal)
    {
        [OwnedReplicaSet.DesiredAnnotation] = plan.Replicas.ToString(CultureInfo.InvariantCulture),
        [OwnedReplicaSet.MaxAnnotation] = plan.MaxPods.ToString(CultureInfo.InvariantCulture),
    };

    private Task TellAsync(JsonObject deployment, string set, int from, int to, CancellationToken cancellationToken)
    {
        var direction = to > from ? "up" : "down";
        var message = string.Create(CultureInfo.InvariantCulture, $"Scaled {direction} replica set {set} from {from} to {to}");
        return events.WriteAsync(ResourceId.Deployments, deployment, "Normal", "ScalingReplicaSet", message, null, cancellationToken);
    }
}
