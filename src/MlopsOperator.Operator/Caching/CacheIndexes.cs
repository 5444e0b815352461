using k8s;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Caching;

/// <summary>Indexes of the caches.</summary>
internal static class CacheIndexes
{
    /// <summary>Objects by the ModelDeployment that they belong to; the key is <see cref="Key(string?, string)"/>.</summary>
    public const string ByDeployment = "by-deployment";

    /// <summary>Objects by the revision of a ModelDeployment that they belong to; the key is <see cref="RevisionKey"/>.</summary>
    public const string ByRevision = "by-revision";

    /// <summary>EndpointSlices by their Service; the key is <see cref="Key(string?, string)"/>.</summary>
    public const string ByService = "by-service";

    /// <summary>ModelDeployments by the hosts that they list, in lower case.</summary>
    public const string ByListedHost = "by-listed-host";

    /// <summary>ModelDeployments by the hosts that always answer for them.</summary>
    public const string ByImpliedHost = "by-implied-host";

    /// <summary>The key of an object.</summary>
    public static string Key(string? @namespace, string name) => $"{@namespace}/{name}";

    /// <summary>The key of a revision's objects.</summary>
    public static string RevisionKey(string? @namespace, string deployment, string revision) => $"{@namespace}/{deployment}/{revision}";

    /// <summary>The key of the revision that an object's labels name.</summary>
    public static IEnumerable<string> OfRevisionLabel(IKubernetesObject<V1ObjectMeta> entity) =>
        entity.Metadata.Labels is { } labels
            && labels.TryGetValue(WellKnown.DeploymentLabel, out var deployment)
            && labels.TryGetValue(WellKnown.RevisionLabel, out var revision)
            ? [RevisionKey(entity.Metadata.NamespaceProperty, deployment, revision)]
            : [];

    /// <summary>The key of the Service that a slice belongs to.</summary>
    public static IEnumerable<string> OfService(V1EndpointSlice slice) =>
        slice.Metadata.Labels?.TryGetValue(Endpoints.ServiceLabel, out var service) == true ? [Key(slice.Metadata.NamespaceProperty, service)] : [];

    /// <summary>The key of the deployment that an object's label names.</summary>
    public static IEnumerable<string> OfLabel(IKubernetesObject<V1ObjectMeta> entity) =>
        entity.Metadata.Labels?.TryGetValue(WellKnown.DeploymentLabel, out var deployment) == true
            ? [Key(entity.Metadata.NamespaceProperty, deployment)]
            : [];
}
