using k8s.Models;

namespace MlopsOperator.Api.Models;

/// <summary>One immutable trained model: artifact, signature, lineage, card, evaluations and golden tests.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modelversions")]
public sealed class ModelVersion : CustomResource<ModelVersionSpec, ModelVersionStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelVersion";

    /// <summary>An empty version.</summary>
    public ModelVersion() => Kind = KubeKind;
}
