using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Models;

/// <summary>One immutable trained model: artifact, signature, lineage, card, evaluations and golden tests.</summary>
[ShortNames("mver")]
[PrinterColumn("Model", ".spec.model")]
[PrinterColumn("Version", ".spec.version")]
[PrinterColumn("Format", ".spec.format.name")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modelversions")]
public sealed class ModelVersion : CustomResource<ModelVersionSpec, ModelVersionStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelVersion";

    /// <summary>An empty version.</summary>
    public ModelVersion() => Kind = KubeKind;
}
