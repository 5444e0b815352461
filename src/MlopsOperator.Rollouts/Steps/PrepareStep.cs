using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The candidate's pods come up, without traffic, until they can bear the next weight.</summary>
internal sealed record PrepareStep : IStep
{
    public string Name => "prepare";

    public RolloutPhase Phase => RolloutPhase.Preparing;

    public int? Weight => null;

    public StepProgress Look(Situation situation)
    {
        var needed = Needed(situation);
        return situation.CandidateReady >= needed
            ? StepProgress.Done($"{Texts.Pods(needed)} of {situation.CandidateName} ready.")
            : StepProgress.Waits(WaitingFor.Pods(situation, needed));
    }

    /// <summary>Ready pods that the next weight needs; one where none are wanted, to be looked at.</summary>
    internal static int Needed(Situation situation) =>
        Math.Max(1, CapacityRule.Needed(situation.Plan.SizingWeightAt(situation.Record.Step.Index), situation.Replicas));
}
