using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Models;

/// <summary>How a model format is served: pod template, port and protocol. An edit starts no rollout; the next rollout of each deployment takes it up.</summary>
[ShortNames("cmrt")]
[ClusterScoped]
[PrinterColumn("Format", ".spec.formats[0].name")]
[PrinterColumn("Protocol", ".spec.protocol")]
[PrinterColumn("Port", ".spec.port", "integer")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "clustermodelruntimes")]
public sealed class ClusterModelRuntime : CustomResource<ModelRuntimeSpec, ModelRuntimeStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ClusterModelRuntime";

    /// <summary>An empty runtime.</summary>
    public ClusterModelRuntime() => Kind = KubeKind;
}
