using k8s;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Which deployments an object's change concerns.</summary>
internal static class DeploymentKeys
{
    /// <summary>The deployment that the object's label names.</summary>
    public static IEnumerable<ObjectKey> OfLabel(IKubernetesObject<V1ObjectMeta> entity) =>
        entity.Metadata.Labels?.TryGetValue(WellKnown.DeploymentLabel, out var deployment) == true
            ? [new ObjectKey(entity.Metadata.NamespaceProperty, deployment)]
            : [];

    /// <summary>Deployments that ask for the version.</summary>
    public static IEnumerable<ObjectKey> OfVersion(ModelVersion version, IObjectCache<ModelDeployment> deployments) =>
        Keys(deployments.List(version.Metadata.NamespaceProperty).Where(deployment => Same(deployment.Spec.ModelVersionRef.Name, version.Metadata.Name)));

    /// <summary>Deployments that name the strategy.</summary>
    public static IEnumerable<ObjectKey> OfStrategy(RolloutStrategy strategy, IObjectCache<ModelDeployment> deployments) =>
        Keys(deployments.List(strategy.Metadata.NamespaceProperty).Where(deployment => Names(deployment.Spec.StrategyRef, RolloutStrategy.KubeKind, strategy.Metadata.Name)));

    /// <summary>Deployments, of any namespace, that name the strategy.</summary>
    public static IEnumerable<ObjectKey> OfStrategy(ClusterRolloutStrategy strategy, IObjectCache<ModelDeployment> deployments) =>
        Keys(deployments.List().Where(deployment => Names(deployment.Spec.StrategyRef, ClusterRolloutStrategy.KubeKind, strategy.Metadata.Name)));

    /// <summary>Deployments that name the runtime, or leave the choice to their format.</summary>
    public static IEnumerable<ObjectKey> OfRuntime(ClusterModelRuntime runtime, IObjectCache<ModelDeployment> deployments) =>
        Keys(deployments.List().Where(deployment => deployment.Spec.RuntimeRef is null || Same(deployment.Spec.RuntimeRef.Name, runtime.Metadata.Name)));

    /// <summary>Other deployments that list a host of this one: they may win or lose it.</summary>
    public static IEnumerable<ObjectKey> SharingHosts(ModelDeployment deployment, IObjectCache<ModelDeployment> deployments, string clusterDomain) =>
        Keys(HostClaims.All(deployment, clusterDomain)
            .SelectMany(host => deployments.ByIndex(CacheIndexes.ByListedHost, host))
            .Where(other => !Same(other.Metadata.Uid, deployment.Metadata.Uid))).Distinct();

    private static IEnumerable<ObjectKey> Keys(IEnumerable<ModelDeployment> deployments) =>
        deployments.Select(deployment => new ObjectKey(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name));

    private static bool Names(StrategyReference? reference, string kind, string name) => reference is not null && Same(reference.Kind, kind) && Same(reference.Name, name);

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
