using k8s.Models;

namespace MlopsOperator.Api.Models;

/// <summary>How a model format is served: pod template, port and protocol. An edit starts no rollout; the next rollout of each deployment takes it up.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "clustermodelruntimes")]
public sealed class ClusterModelRuntime : CustomResource<ModelRuntimeSpec, ModelRuntimeStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ClusterModelRuntime";

    /// <summary>An empty runtime.</summary>
    public ClusterModelRuntime() => Kind = KubeKind;
}
