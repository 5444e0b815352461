using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>What the operator knows about a ModelDeployment.</summary>
[AwaitedStatus]
[OptionalFields]
public sealed record ModelDeploymentStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>State in a word.</summary>
    public DeploymentPhase Phase { get; init; }

    /// <summary>Where the model answers inside the cluster.</summary>
    [Length(0, 2048)]
    public string? Url { get; init; }

    /// <summary>What the spec asks for: input of the running rollout.</summary>
    public WantedRevision? Wanted { get; init; }

    /// <summary>Stable's history between rollouts; frozen into the next rollout.</summary>
    public BaselineEvidence? Baseline { get; init; }

    /// <summary>Highest rollout number ever used.</summary>
    [RangeMinimum(0)]
    public int LastRollout { get; init; }

    /// <summary>What serves; repeated from the ModelRollouts.</summary>
    public StableRevision? Stable { get; init; }

    /// <summary>What is being rolled out; repeated from the ModelRollouts.</summary>
    public CandidateRevision? Candidate { get; init; }

    /// <summary>Revisions that are not tried again; repeated from the ModelRollouts.</summary>
    [Items(0, 100)]
    public IReadOnlyList<RejectedRevision>? Rejected { get; init; }

    /// <summary>Pods of revisions that carry weight (scale subresource).</summary>
    [RangeMinimum(0)]
    public int Replicas { get; init; }

    /// <summary>Label selector of revisions that carry weight (scale subresource).</summary>
    [Length(0, 1024)]
    public string? Selector { get; init; }

    /// <summary>Strings of the printer columns.</summary>
    public DeploymentColumns? Columns { get; init; }

    /// <summary>Conditions; types in <see cref="ConditionTypes"/>.</summary>
    [ListMapKeys("type")]
    [Items(0, 32)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
