using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Time at a weight, counted from its acknowledgement. Time in which gateways gave the candidate nothing does not count.</summary>
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

        var whole = Time + ExposureLapse.Of(situation);
        if (!situation.Elapsed(since, whole))
        {
            return StepProgress.Waits(WaitingFor.Exposure(situation, since, Time), whole - situation.Since(since));
        }

        return ExposureLapse.Unheard(situation) is { } gateway
            ? StepProgress.Waits(WaitingFor.Heard(situation, gateway))
            : StepProgress.Done($"{Texts.Duration(Time)} at {Texts.Percent(situation.Weight)} are over.");
    }
}
