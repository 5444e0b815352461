using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The candidate takes all requests with all its pods; once gateways confirm, stable is flipped to it.</summary>
internal sealed record PromoteStep : IStep
{
    public string Name => "promote";

    public RolloutPhase Phase => RolloutPhase.Promoting;

    public int? Weight => Weights.Total;

    public StepProgress Look(Situation situation)
    {
        if (situation.Weight < Weights.Total || situation.CandidateReady < situation.Replicas)
        {
            return StepProgress.Waits(WaitingFor.Capacity(situation, Weights.Total));
        }

        return situation.Record.Step.AcknowledgedAt is null
            ? StepProgress.Waits(WaitingFor.Acknowledgement(situation))
            : StepProgress.Done($"{situation.CandidateName} serves all traffic and is stable now.") with { Effect = Flip };
    }

    private static Situation Flip(Situation situation) => HistoryLog.Add(
        situation.With(situation.Record with { PromotedAt = situation.Now, Reason = Outcome(situation) }),
        EventReasons.Promoted,
        Actors.Engine,
        $"Stable flipped from {situation.StableName} to {situation.CandidateName}.");

    private static string Outcome(Situation situation) =>
        situation.Evidence.AdoptedIdle ? RolloutReasons.AdoptedIdle
        : situation.Evidence.Forced ? RolloutReasons.Forced
        : situation.Evidence.Unproved || situation.Plan.Judge is null ? RolloutReasons.Unproved
        : RolloutReasons.Proved;
}
