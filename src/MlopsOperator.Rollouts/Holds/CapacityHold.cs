using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>Pods cannot be scheduled, or were lost. The progress deadline goes on under it.</summary>
internal static class CapacityHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.CapacityHold,
        Actors.Engine,
        s => Unschedulable(s) || Lost(s) ? WaitingFor.CapacityHold(s) : null);

    private static bool Unschedulable(Situation situation) =>
        situation.Inputs.Candidate.Unschedulable is not null
        && (CapacityRule.Short(situation)
            || (situation.Forward && WeightStep.Scaling(situation))
            || (situation.Phase is RolloutPhase.Preparing && situation.Step is PrepareStep && situation.CandidateReady < PrepareStep.Needed(situation)));

    /// <summary>Too few for longer than a restart takes, or none at all.</summary>
    private static bool Lost(Situation situation) =>
        CapacityRule.Short(situation)
        && (situation.CandidateReady == 0 || situation.Elapsed(situation.Record.Clocks.CapacityShortSince, Limits.CapacityGrace));
}
