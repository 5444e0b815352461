using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Evidence is weighed until it lets the rollout go on. Missing data never does.</summary>
internal sealed record AnalyzeStep : IStep
{
    public string Name => "analyze";

    public RolloutPhase Phase => RolloutPhase.Progressing;

    public int? Weight => null;

    public StepProgress Look(Situation situation)
    {
        if (situation.Record.Step.AcknowledgedAt is null)
        {
            return StepProgress.Waits(WaitingFor.Acknowledgement(situation));
        }

        if (situation.Weight < situation.Plan.WeightAt(situation.Record.Step.Index))
        {
            return StepProgress.Waits(WaitingFor.Capacity(situation, situation.Plan.WeightAt(situation.Record.Step.Index)));
        }

        if (!EvidenceRules.HasData(situation))
        {
            return StepProgress.Waits(WaitingFor.Data(situation));
        }

        if (EvidenceRules.Proved(situation))
        {
            return StepProgress.Done(Texts.Passed(situation)) with { Effect = EvidenceRules.HasRequired(situation) ? null : Unproved };
        }

        return situation.Plan.Advance is AdvanceMode.NotFailed && !EvidenceRules.LacksData(situation)
            ? StepProgress.Done($"Nothing failed at {Texts.Percent(situation.Weight)}, though not everything is proved.") with { Effect = Unproved }
            : StepProgress.Waits(WaitingFor.Verdicts(situation));
    }

    private static Situation Unproved(Situation situation) => situation with { Evidence = situation.Evidence with { Unproved = true } };
}
