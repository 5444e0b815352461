using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Strategies;

/// <summary>A strategy for deployments of every namespace, kept by the platform team. The same as a RolloutStrategy otherwise.</summary>
[ShortNames("crst")]
[ClusterScoped]
[PrinterColumn("Advance", ".spec.analysis.advance")]
[PrinterColumn("Interval", ".spec.analysis.interval")]
[PrinterColumn("Bake", ".spec.bake")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "clusterrolloutstrategies")]
public sealed class ClusterRolloutStrategy : CustomResource<RolloutStrategySpec, RolloutStrategyStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "ClusterRolloutStrategy";

    /// <summary>An empty strategy.</summary>
    public ClusterRolloutStrategy() => Kind = KubeKind;
}
