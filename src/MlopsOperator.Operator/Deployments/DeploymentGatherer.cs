using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Reads what a deployment's plan depends on from the caches. Has no opinion about rollouts.</summary>
internal sealed class DeploymentGatherer(
    IObjectCache<ModelDeployment> deployments,
    IObjectCache<ModelRollout> rollouts,
    IObjectCache<V1ControllerRevision> revisions,
    IObjectCache<V1Deployment> children,
    IObjectCache<V1EndpointSlice> slices,
    DeploymentReferences references,
    IBaselineSource baselines,
    OperatorOptions options,
    TimeProvider time)
{
    public DeploymentInputs Gather(ModelDeployment deployment)
    {
        var key = CacheIndexes.Key(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name);
        var resolved = references.Resolve(deployment);
        var owned = rollouts.ByIndex(CacheIndexes.ByDeployment, key)
            .Where(rollout => IsOwned(rollout.Metadata, deployment))
            .OrderBy(rollout => rollout.Spec.Number)
            .ToList();
        var stable = new RolloutLedger(owned, deployment.Status).Stable?.Revision;
        return new DeploymentInputs
        {
            Deployment = new ModelDeployment { Metadata = deployment.Metadata, Spec = UsableSpec.Of(deployment, deployment.Spec.Traffic), Status = deployment.Status },
            Now = time.GetUtcNow(),
            Version = resolved.Version,
            Runtime = resolved.Runtime,
            Strategy = resolved.Strategy,
            Problem = resolved.Problem,
            HostConflict = HostClaims.Problem(deployment, HostClaims.Rivals(deployment, deployments), options.ClusterDomain),
            Rollouts = owned,
            Revisions = Stored(deployment, key),
            Pods = Pods(key),
            Baseline = stable is null ? null : baselines.Current(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name, stable),
        };
    }

    /// <summary>Whether an object belongs to this very deployment, not to a former one of its name.</summary>
    public static bool IsOwned(V1ObjectMeta metadata, ModelDeployment deployment) =>
        metadata.OwnerReferences?.Any(owner => string.Equals(owner.Uid, deployment.Metadata.Uid, StringComparison.Ordinal)) == true;

    private List<RevisionRecord> Stored(ModelDeployment deployment, string key) =>
    [
        .. revisions.ByIndex(CacheIndexes.ByDeployment, key)
            .Where(stored => IsOwned(stored.Metadata, deployment))
            .Select(stored => (Revision: Revision(stored.Metadata), Content: RevisionStore.Read(stored)))
            .Where(stored => stored.Revision.Length > 0 && stored.Content is not null)
            .Select(stored => new RevisionRecord(stored.Revision, stored.Content!)),
    ];

    private Dictionary<string, RevisionPods> Pods(string key)
    {
        var pods = new Dictionary<string, RevisionPods>(StringComparer.Ordinal);
        var bySlice = slices.ByIndex(CacheIndexes.ByDeployment, key).ToLookup(slice => Revision(slice.Metadata), StringComparer.Ordinal);
        foreach (var child in children.ByIndex(CacheIndexes.ByDeployment, key))
        {
            var revision = Revision(child.Metadata);
            pods[revision] = new RevisionPods(child.Spec?.Replicas ?? 0, child.Status?.Replicas ?? 0, Endpoints.Ready(bySlice[revision]).Count);
        }

        return pods;
    }

    private static string Revision(V1ObjectMeta metadata) =>
        metadata.Labels?.TryGetValue(WellKnown.RevisionLabel, out var revision) == true ? revision : "";
}
