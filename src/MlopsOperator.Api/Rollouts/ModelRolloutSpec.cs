using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Frozen inputs of a rollout; only <c>released</c> may be set later.</summary>
public sealed record ModelRolloutSpec
{
    /// <summary>Name of the ModelDeployment.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>Number of the rollout; rises by one.</summary>
    public int Number { get; init; }

    /// <summary>First route sequence of this rollout: the predecessor's last + 1.</summary>
    public long FirstSequence { get; init; } = 1;

    /// <summary>Stable's history before the rollout.</summary>
    public BaselineEvidence? Baseline { get; init; }

    /// <summary>Set when another revision was wanted after this rollout rejected its own: it rejects no more.</summary>
    public bool Released { get; init; }

    /// <summary>The strategy, resolved and copied.</summary>
    public RolloutStrategySpec Strategy { get; init; } = new();

    /// <summary>What served; absent for a first version.</summary>
    public RolloutRevision? From { get; init; }

    /// <summary>What is rolled out.</summary>
    public RolloutRevision To { get; init; } = new();
}
