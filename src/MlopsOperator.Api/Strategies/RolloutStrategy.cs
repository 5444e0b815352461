using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Strategies;

/// <summary>How a change of what serves is made, judged, promoted or taken back. Edits count from the next rollout.</summary>
[ShortNames("rst")]
[PrinterColumn("Advance", ".spec.analysis.advance")]
[PrinterColumn("Interval", ".spec.analysis.interval")]
[PrinterColumn("Bake", ".spec.bake")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "rolloutstrategies")]
public sealed class RolloutStrategy : CustomResource<RolloutStrategySpec, RolloutStrategyStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "RolloutStrategy";

    /// <summary>An empty strategy.</summary>
    public RolloutStrategy() => Kind = KubeKind;
}
