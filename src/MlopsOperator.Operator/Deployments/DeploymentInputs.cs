using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Everything that the plan of a deployment may depend on.</summary>
internal sealed record DeploymentInputs
{
    public required ModelDeployment Deployment { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The version that the spec names, or null.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>The runtime that the spec names or the format selects, or null.</summary>
    public ClusterModelRuntime? Runtime { get; init; }

    /// <summary>The strategy with its defaults, or null where it cannot be used.</summary>
    public RolloutStrategySpec? Strategy { get; init; }

    /// <summary>Why the spec, or what it refers to, cannot be used.</summary>
    public SpecProblem? Problem { get; init; }

    /// <summary>Who owns a host and path that this deployment lists too.</summary>
    public SpecProblem? HostConflict { get; init; }

    /// <summary>Why the last create of a rollout did not succeed, where that is for a person to mend.</summary>
    public TakenName? Taken { get; init; }

    /// <summary>Rollouts of the deployment, in the order of their numbers.</summary>
    public IReadOnlyList<ModelRollout> Rollouts { get; init; } = [];

    /// <summary>Stored revisions of the deployment.</summary>
    public IReadOnlyList<RevisionRecord> Revisions { get; init; } = [];

    /// <summary>Pods, by revision.</summary>
    public IReadOnlyDictionary<string, RevisionPods> Pods { get; init; } = new Dictionary<string, RevisionPods>(StringComparer.Ordinal);

    /// <summary>Stable's history as the scraper has it now; null where it has none.</summary>
    public BaselineEvidence? Baseline { get; init; }
}
