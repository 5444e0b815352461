using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>A row of the table of states: one combination of conditions, as tools read them.</summary>
internal sealed record DeploymentState
{
    public required DeploymentPhase Phase { get; init; }

    public required bool Available { get; init; }

    public required bool Ready { get; init; }

    public bool Reconciling { get; init; }

    public bool Stalled { get; init; }

    public bool Progressing { get; init; }

    public bool Paused { get; init; }

    /// <summary>What a rollout is at while something else keeps the deployment from being ready; null where that is the state itself.</summary>
    public DeploymentProgress? Progress { get; init; }

    /// <summary>One word, the reason of all conditions that have none of their own.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence.</summary>
    public required string Message { get; init; }
}
