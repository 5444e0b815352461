using k8s.Models;

namespace MlopsOperator.Api.Deployments;

/// <summary>What shall serve, where, and how many. A change of <c>modelVersionRef</c>, <c>template</c> or <c>runtimeRef</c> starts a rollout.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modeldeployments")]
public sealed class ModelDeployment : CustomResource<ModelDeploymentSpec, ModelDeploymentStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelDeployment";

    /// <summary>An empty deployment.</summary>
    public ModelDeployment() => Kind = KubeKind;
}
