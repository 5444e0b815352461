using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>The step needs a person's approval. Ends with it, or with the rollout.</summary>
internal static class ApprovalHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.ApprovalHold,
        Actors.Engine,
        s => s.Forward && s.Step is ApproveStep step && s.Record.Step.ApprovedAt is null ? step.Look(s).Text : null);
}
