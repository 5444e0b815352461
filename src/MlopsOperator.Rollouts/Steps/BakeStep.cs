using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The old revision stays ready after the flip, guards on: the instant way back.</summary>
/// <param name="Time">How long.</param>
internal sealed record BakeStep(TimeSpan Time) : IStep
{
    public string Name => "bake " + Texts.Duration(Time);

    public RolloutPhase Phase => RolloutPhase.Baking;

    public int? Weight => null;

    public StepProgress Look(Situation situation) =>
        situation.Elapsed(situation.Record.PromotedAt, Time)
            ? StepProgress.Done($"{Texts.Duration(Time)} of baking are over.")
            : StepProgress.Waits(
                WaitingFor.Time(situation.Record.PromotedAt ?? situation.Now, Time),
                Time - situation.Since(situation.Record.PromotedAt));
}
