using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>What shall serve, where, and how many.</summary>
public sealed record ModelDeploymentSpec
{
    /// <summary>The ModelVersion that shall serve, in the same namespace.</summary>
    public NameReference ModelVersionRef { get; init; } = new();

    /// <summary>The runtime; chosen by the version's format when absent.</summary>
    public RuntimeReference? RuntimeRef { get; init; }

    /// <summary>How many pods shall serve; 1 by default. Leave it out of Git under an autoscaler.</summary>
    [DefaultValue(1)]
    [RangeMinimum(0)]
    [RangeMaximum(100_000)]
    public int Replicas { get; init; } = 1;

    /// <summary>Floor whatever happens to <c>replicas</c>, unless that is 0; 1 by default.</summary>
    [DefaultValue(1)]
    [RangeMinimum(0)]
    [RangeMaximum(100_000)]
    public int MinReplicas { get; init; } = 1;

    /// <summary>How changes are made; the built-in canary (5 %, 10 %, 25 %, 50 %) when absent.</summary>
    public StrategyReference? StrategyRef { get; init; }

    /// <summary>Laid over the runtime's pod template.</summary>
    public TemplateOverlay? Template { get; init; }

    /// <summary>Where requests come in.</summary>
    public TrafficSpec? Traffic { get; init; }

    /// <summary>A person's hold on rollouts; capacity is still repaired; false by default.</summary>
    [DefaultValue(false)]
    public bool Paused { get; init; }

    /// <summary>How long a revision may take to become ready, as a Go duration; 10m by default.</summary>
    [DurationText("1s")]
    public string? ProgressDeadline { get; init; }

    /// <summary>When Ready is True: Promoted (default) or Serving.</summary>
    [DefaultValue(ReadyWhen.Promoted)]
    public ReadyWhen ReadyWhen { get; init; } = ReadyWhen.Promoted;

    /// <summary>How many former revisions are kept as ControllerRevisions; 3 by default.</summary>
    [DefaultValue(3)]
    [RangeMinimum(0)]
    [RangeMaximum(100)]
    public int RevisionHistoryLimit { get; init; } = 3;
}
