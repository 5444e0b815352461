using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Operator.Deployments;

/// <summary>What the ModelDeployment reconciler shall write, in this order.</summary>
internal sealed record DeploymentPlan
{
    /// <summary>A revision that must be stored before anything names it.</summary>
    public RevisionRecord? NewRevision { get; init; }

    /// <summary>The status.</summary>
    public required ModelDeploymentStatus Status { get; init; }

    /// <summary>What the status says that asks for a person; null where nothing does, and for rollouts that were taken back.</summary>
    public SpecProblem? Problem { get; init; }

    /// <summary>The next rollout.</summary>
    public ModelRollout? NewRollout { get; init; }

    /// <summary>Rollouts that rejected a revision and shall reject no more: another one is wanted, or somebody asked to try it again.</summary>
    public IReadOnlyList<ModelRollout> Release { get; init; } = [];

    /// <summary>Rollouts that nobody needs any more.</summary>
    public IReadOnlyList<ModelRollout> Prune { get; init; } = [];

    /// <summary>Number of stable's rollout when its record is gone and the status stands in for it; else null.</summary>
    public int? LostRecord { get; init; }

    /// <summary>Revisions that nobody needs any more.</summary>
    public IReadOnlyList<string> PruneRevisions { get; init; } = [];
}
