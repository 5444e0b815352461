using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Deployments;

/// <summary>What shall serve, where, and how many. A change of <c>modelVersionRef</c>, <c>template</c> or <c>runtimeRef</c> starts a rollout. Its name has at most 40 characters and begins with a letter.</summary>
[ShortNames("mdep")]
[ScaleSubresource(".spec.replicas", ".status.replicas", ".status.selector")]
[PrinterColumn("Version", ".status.columns.version")]
[PrinterColumn("Ready", ".status.columns.ready")]
[PrinterColumn("Candidate", ".status.columns.candidate")]
[PrinterColumn("Weight", ".status.columns.weight")]
[PrinterColumn("Phase", ".status.phase")]
[PrinterColumn("Reason", ".status.columns.reason")]
[PrinterColumn("URL", ".status.url", Wide = true)]
[ValidationRule("size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')", "the name must be at most 40 characters: a lower-case letter, then letters, digits or hyphens, no hyphen at the end")]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "modeldeployments")]
public sealed class ModelDeployment : CustomResource<ModelDeploymentSpec, ModelDeploymentStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ModelDeployment";

    /// <summary>An empty deployment.</summary>
    public ModelDeployment() => Kind = KubeKind;
}
