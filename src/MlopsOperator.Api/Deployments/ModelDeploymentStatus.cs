using MlopsOperator.Api.Conditions;

namespace MlopsOperator.Api.Deployments;

/// <summary>What the operator knows about a ModelDeployment.</summary>
public sealed record ModelDeploymentStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>State in a word.</summary>
    public DeploymentPhase Phase { get; init; }

    /// <summary>Where the model answers inside the cluster.</summary>
    public string? Url { get; init; }

    /// <summary>What the spec asks for: input of the running rollout.</summary>
    public WantedRevision? Wanted { get; init; }

    /// <summary>Stable's history between rollouts; frozen into the next rollout.</summary>
    public BaselineEvidence? Baseline { get; init; }

    /// <summary>Highest rollout number ever used.</summary>
    public int LastRollout { get; init; }

    /// <summary>What serves; repeated from the ModelRollouts.</summary>
    public StableRevision? Stable { get; init; }

    /// <summary>What is being rolled out; repeated from the ModelRollouts.</summary>
    public CandidateRevision? Candidate { get; init; }

    /// <summary>Revisions that are not tried again; repeated from the ModelRollouts.</summary>
    public IReadOnlyList<RejectedRevision>? Rejected { get; init; }

    /// <summary>Pods of revisions that carry weight (scale subresource).</summary>
    public int Replicas { get; init; }

    /// <summary>Label selector of revisions that carry weight (scale subresource).</summary>
    public string? Selector { get; init; }

    /// <summary>Strings of the printer columns.</summary>
    public DeploymentColumns? Columns { get; init; }

    /// <summary>Conditions; types in <see cref="ConditionTypes"/>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
