using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The old revision leaves the route, is drained, scaled down and deleted. Goes on under every hold.</summary>
internal sealed record RetireStep : IStep
{
    public string Name => "retire";

    public RolloutPhase Phase => RolloutPhase.Retiring;

    public int? Weight => null;

    public StepProgress Look(Situation situation) =>
        situation.Record.Clocks.DrainedSince is not null && situation.Inputs.Stable is not { Exists: true }
            ? StepProgress.Done($"{situation.StableName} is drained and removed.")
            : StepProgress.Waits(WaitingFor.Removal(situation, situation.StableName));
}
