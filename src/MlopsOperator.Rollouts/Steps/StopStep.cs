using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Stable's pods end before the candidate's begin: nothing serves from here until the candidate does, or stable is started again.</summary>
internal sealed record StopStep : IStep
{
    public string Name => "stop";

    public RolloutPhase Phase => RolloutPhase.Preparing;

    public int? Weight => null;

    public StepProgress Look(Situation situation) => situation.Inputs.Stable is { DesiredReplicas: > 0 } or { Pods: > 0 }
        ? StepProgress.Waits(WaitingFor.Stop(situation))
        : StepProgress.Done($"{situation.StableName} is stopped: nothing serves until {situation.CandidateName} does.");
}
