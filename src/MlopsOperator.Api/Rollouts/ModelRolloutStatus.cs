using System.Text.Json.Nodes;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>The record: all that a rollout has decided. Objects and routes are a function of it and of the specs.</summary>
[AwaitedStatus]
[OptionalFields]
public sealed record ModelRolloutStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Phase.</summary>
    public RolloutPhase Phase { get; init; }

    /// <summary>Reason of the phase; of a final phase, the outcome.</summary>
    [Length(0, 1024)]
    public string Reason { get; init; } = "";

    /// <summary>A sentence: what happened or what is waited for.</summary>
    [Length(0, 32768)]
    public string Message { get; init; } = "";

    /// <summary>When the rollout was first decided on.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When a final phase was reached.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When stable was flipped to the candidate; cleared only by a rollback in Baking.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>When the traffic that had to go was confirmed gone.</summary>
    public DateTimeOffset? TrafficRemovedAt { get; init; }

    /// <summary>Results of golden requests.</summary>
    [Items(0, 100)]
    public IReadOnlyList<TestResult>? Tests { get; init; }

    /// <summary>Clocks that outlive a restart.</summary>
    public RolloutClocks Clocks { get; init; } = new();

    /// <summary>Reasons not to move forward.</summary>
    [Items(0, 32)]
    public IReadOnlyList<RolloutHold>? Holds { get; init; }

    /// <summary>A Pause request that is in effect; absent otherwise.</summary>
    public RolloutPause? Paused { get; init; }

    /// <summary>Requests that were answered, oldest first; bounded, the newest are kept.</summary>
    [Items(0, 32)]
    public IReadOnlyList<RecordedRequest>? Requests { get; init; }

    /// <summary>The current step.</summary>
    public RolloutStep Step { get; init; } = new();

    /// <summary>Weights as last written to the route, after all caps; absent until there is a route.</summary>
    public RolloutWeights? Weights { get; init; }

    /// <summary>Sequence of the route's content; rises with each change of it.</summary>
    [RangeMinimum(0)]
    public long Sequence { get; init; }

    /// <summary>What is remembered of the route's content; absent until there is a route.</summary>
    public RolloutRoute? Route { get; init; }

    /// <summary>Salt of the assignment.</summary>
    [Length(0, 64)]
    public string Salt { get; init; } = "";

    /// <summary>Replicas wanted when the rollout began.</summary>
    [RangeMinimum(0)]
    public int BaseReplicas { get; init; }

    /// <summary>State of the judges, canonical and bounded; read by the engine only.</summary>
    public JsonObject? Evidence { get; init; }

    /// <summary>When <see cref="Evidence"/> was last saved.</summary>
    public DateTimeOffset? EvidenceSavedAt { get; init; }

    /// <summary>Verdicts of the metrics.</summary>
    [Items(0, 200)]
    public IReadOnlyList<MetricVerdict>? Verdicts { get; init; }

    /// <summary>What happened, oldest first; bounded.</summary>
    [Items(0, 1000)]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    /// <summary>Strings of the printer columns.</summary>
    public RolloutColumns? Columns { get; init; }

    /// <summary>Progressing, Analyzed, Promoted, RolledBack.</summary>
    [ListMapKeys("type")]
    [Items(0, 32)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
