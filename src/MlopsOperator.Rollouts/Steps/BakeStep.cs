using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>The old revision stays ready after the flip, guards on: the instant way back.</summary>
/// <param name="Time">How long.</param>
internal sealed record BakeStep(TimeSpan Time) : IStep
{
    public string Name => "bake " + Texts.Duration(Time);

    public RolloutPhase Phase => RolloutPhase.Baking;

    public int? Weight => null;

    public StepProgress Look(Situation situation) =>
        !situation.Elapsed(situation.Record.PromotedAt, Time)
            ? StepProgress.Waits(
                WaitingFor.Time(situation.Record.PromotedAt ?? situation.Now, Time),
                Time - situation.Since(situation.Record.PromotedAt))
            : Watched(situation)
                ? StepProgress.Done($"{Texts.Duration(Time)} of baking are over.")
                : StepProgress.Waits(WaitingFor.Scrape(situation));

    /// <summary>
    /// Whether guards have looked at the new stable: time that passed while nobody looked proves nothing. A round without requests is a look too.
    /// </summary>
    private static bool Watched(Situation situation) =>
        situation.Idle
        || situation.Plan.Judge is null
        || (situation.Evidence.LastBlockAt > situation.Record.PromotedAt && !EvidenceRules.Stale(situation));
}
