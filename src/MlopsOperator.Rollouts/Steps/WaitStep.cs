using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Time at a weight, counted from its acknowledgement.</summary>
/// <param name="Time">How long.</param>
internal sealed record WaitStep(TimeSpan Time) : IStep
{
    public string Name => "wait " + Texts.Duration(Time);

    public RolloutPhase Phase => RolloutPhase.Progressing;

    public int? Weight => null;

    public StepProgress Look(Situation situation)
    {
        if (situation.Record.Step.AcknowledgedAt is not { } since)
        {
            return StepProgress.Waits(WaitingFor.Acknowledgement(situation));
        }

        return situation.Elapsed(since, Time)
            ? StepProgress.Done($"{Texts.Duration(Time)} at {Texts.Percent(situation.Weight)} are over.")
            : StepProgress.Waits(WaitingFor.Time(since, Time), Time - situation.Since(since));
    }
}
