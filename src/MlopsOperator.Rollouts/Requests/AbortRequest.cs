using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>The candidate is taken back: before the flip, and while it bakes. It beats every wish to go on.</summary>
internal static class AbortRequest
{
    internal static Answer Answer(Situation situation, PendingRequest request)
    {
        var rollout = Binding.Rollout(situation);
        if (situation.Final)
        {
            return Requests.Answer.Refused($"{rollout} has ended ({situation.Phase}, {situation.Record.Reason}) at {Texts.Time(situation.Record.FinishedAt)}: nothing is under way.{WayBack(situation)}");
        }

        if (situation is { Phase: RolloutPhase.RollingBack, Weight: > 0, Record.Reason: RolloutReasons.Superseded or RolloutReasons.Reverted })
        {
            // It goes as stable can bear it; now it goes at once.
            return Requests.Answer.Done(
                $"{situation.CandidateName} is taken back from {Texts.Percent(situation.Weight)} at once.",
                s => RollBack.Begin(RolloutReasons.Aborted, $"{Requester.Of(request)}.", Actors.User).Make(s));
        }

        if (situation.Phase is RolloutPhase.RollingBack)
        {
            return Requests.Answer.Refused($"{rollout} is being taken back already ({situation.Record.Reason}){Requester.Last(situation, RequestAction.Abort)}: nothing more is needed.");
        }

        if (situation.Phase is RolloutPhase.Retiring)
        {
            return Requests.Answer.Refused($"{rollout} is over its bake and {situation.StableName} is being removed: nothing is left to abort.{WayBack(situation)}");
        }

        if (situation.FirstVersion)
        {
            return Requests.Answer.Refused($"{rollout} brings up the first version: there is nothing to go back to. Set spec.modelVersionRef of ModelDeployment {situation.Intent.Name} to another version, or delete it.");
        }

        if (Binding.OtherStep(situation, request) is { } other)
        {
            return Requests.Answer.Refused(other);
        }

        return Requests.Answer.Done(
            $"{situation.CandidateName} is taken back from {Texts.Percent(situation.Weight)}; {situation.StableName} {(situation.StableStopped ? "is started again" : "serves")}.",
            s => RollBack.Begin(RolloutReasons.Aborted, $"{Requester.Of(request)}.", Actors.User).Make(s));
    }

    private static string WayBack(Situation situation) => situation is { Promoted: true, FirstVersion: false }
        ? $" To go back set spec.modelVersionRef of ModelDeployment {situation.Intent.Name} to {situation.StableName}."
        : "";
}
