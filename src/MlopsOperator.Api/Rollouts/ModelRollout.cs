using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Rollouts;

/// <summary>The record of one rollout: one change of what serves, from stable to candidate. Written by the operator, owned by its ModelDeployment.</summary>
[ShortNames("mro")]
[PrinterColumn("Deployment", ".spec.deployment")]
[PrinterColumn("From", ".spec.from.modelVersion")]
[PrinterColumn("To", ".spec.to.modelVersion")]
[PrinterColumn("Phase", ".status.phase")]
[PrinterColumn("Step", ".status.columns.step")]
[PrinterColumn("Weight", ".status.columns.weight")]
[PrinterColumn("Waiting-For", ".status.columns.waitingFor")]
[PrinterColumn("Reason", ".status.reason", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modelrollouts")]
public sealed class ModelRollout : CustomResource<ModelRolloutSpec, ModelRolloutStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelRollout";

    /// <summary>An empty rollout.</summary>
    public ModelRollout() => Kind = KubeKind;
}
