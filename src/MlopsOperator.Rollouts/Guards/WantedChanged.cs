using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Guards;

/// <summary>The deployment asks for another revision than this rollout's.</summary>
internal static class WantedChanged
{
    internal static Transition? Check(Situation situation)
    {
        var wanted = situation.Intent.WantedRevision;
        if (string.IsNullOrEmpty(wanted) || string.Equals(wanted, situation.Spec.To.Revision, StringComparison.Ordinal))
        {
            return null;
        }

        var reverted = situation.Spec.From is { } from && string.Equals(wanted, from.Revision, StringComparison.Ordinal);
        if (situation.Phase is RolloutPhase.Baking)
        {
            return Baking(situation, reverted);
        }

        if (!situation.Forward || FinishesFirst(situation))
        {
            return null;
        }

        var (reason, message) = reverted
            ? (RolloutReasons.Reverted, $"{situation.StableName} is wanted again.")
            : (RolloutReasons.Superseded, $"Revision {wanted} is wanted instead of {situation.CandidateName}.");
        return RollBack.Begin(reason, message, Actors.Git);
    }

    /// <summary>A first version whose route a gateway is about to confirm becomes stable first: its requests would have nowhere else to go.</summary>
    private static bool FinishesFirst(Situation situation) =>
        situation is { FirstVersion: true, Exposed: true, CandidateReady: > 0 } && Acknowledgement.AnyReady(situation);

    /// <summary>
    /// Past the flip the bake ends, and the next rollout starts from the new stable. The way back to the old revision keeps it warm until the next rollout
    /// shapes it.
    /// </summary>
    private static Transition? Baking(Situation situation, bool reverted)
    {
        var message = reverted
            ? $"{situation.StableName} is wanted again: it is kept until the next rollout takes it over."
            : "Another revision is wanted: the bake ends.";
        if (reverted)
        {
            return Transition.Stay(RolloutReasons.Reverted, message);
        }

        var retire = situation.Plan.IndexOf<RetireStep>();
        return new Transition(EventReasons.BakeEnded, message, Actors.Git, s => StepChange.Enter(s, retire));
    }
}
