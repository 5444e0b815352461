using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>A first version becomes stable as soon as its route is confirmed.</summary>
internal sealed record PromoteInitialStep : IStep
{
    public string Name => "promote";

    public RolloutPhase Phase => RolloutPhase.Preparing;

    public int? Weight => null;

    public StepProgress Look(Situation situation) =>
        StepProgress.Done($"{situation.CandidateName} is the first version and serves all traffic.") with
        {
            Effect = s => s.With(s.Record with
            {
                PromotedAt = s.Now,
                Reason = s.Idle ? RolloutReasons.AdoptedIdle : RolloutReasons.Initial,
            }),
        };
}
