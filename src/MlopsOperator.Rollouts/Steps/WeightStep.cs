using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The candidate gets a share of the requests: pods first, then the route, until gateways confirm it.</summary>
/// <param name="Share">The share in ten-thousandths.</param>
internal sealed record WeightStep(int Share) : IStep
{
    public string Name => "weight " + Texts.Percent(Share);

    public RolloutPhase Phase => RolloutPhase.Progressing;

    public int? Weight => Share;

    public StepProgress Look(Situation situation)
    {
        // A candidate that bears more, since stable is lost, is past this weight.
        if (situation.Weight < Share)
        {
            return StepProgress.Waits(WaitingFor.Capacity(situation, Share));
        }

        return situation.Record.Step.AcknowledgedAt is null
            ? StepProgress.Waits(WaitingFor.Acknowledgement(situation))
            : StepProgress.Done($"Weight {Texts.Percent(situation.Weight)} confirmed by the gateways.");
    }

    internal static bool Scaling(Situation situation) =>
        situation.Step is WeightStep or PromoteStep && situation.Weight < (situation.Step.Weight ?? Weights.Total);
}
