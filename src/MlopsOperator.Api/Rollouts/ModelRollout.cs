using k8s.Models;

namespace MlopsOperator.Api.Rollouts;

/// <summary>The record of one rollout: one change of what serves, from stable to candidate. Written by the operator, owned by its ModelDeployment.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modelrollouts")]
public sealed class ModelRollout : CustomResource<ModelRolloutSpec, ModelRolloutStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelRollout";

    /// <summary>An empty rollout.</summary>
    public ModelRollout() => Kind = KubeKind;
}
