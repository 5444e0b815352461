using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Requests;

/// <summary>What a person or a pipeline asks of a rollout: with a name and a time on it, used once, deleted seven days after it was answered.</summary>
[ShortNames("rreq")]
[PrinterColumn("Deployment", ".spec.deployment")]
[PrinterColumn("Action", ".spec.action")]
[PrinterColumn("By", ".spec.requestedBy")]
[PrinterColumn("Phase", ".status.phase")]
[PrinterColumn("Message", ".status.message", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "rolloutrequests")]
public sealed class RolloutRequest : CustomResource<RolloutRequestSpec, RolloutRequestStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "RolloutRequest";

    /// <summary>An empty request.</summary>
    public RolloutRequest() => Kind = KubeKind;
}
