using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Guards;

/// <summary>The candidate is taken back; a first version is not, as there is nothing to go back to.</summary>
internal static class RollBack
{
    /// <summary>Taken back for a failure. A first version stays as it is, stalled, its pods kept for a look.</summary>
    internal static Transition? Failure(Situation situation, string reason, string message)
    {
        if (!situation.FirstVersion)
        {
            return Begin(reason, message, Actors.Engine);
        }

        // The first failure stays the reason; a new revision, or pods that get ready after all, go on from here.
        return Stalled(situation)
            ? null
            : new Transition(EventReasons.FirstVersionStalled, $"{reason}: {message}", Actors.Engine, s => s.With(s.Record with
            {
                Reason = reason,
                Message = Limits.Cut(message),
            }));
    }

    internal static Transition Begin(string reason, string message, string actor) =>
        new(EventReasons.RollingBack, $"{reason}: {message}", actor, s => s.With(s.Record with
        {
            Phase = RolloutPhase.RollingBack,
            Reason = reason,
            Message = Limits.Cut(message),
            PromotedAt = null,
            TrafficRemovedAt = null,
            Holds = null,
            Clocks = s.Record.Clocks with { CapacityShortSince = null, StableLostSince = null, UnknownSince = null, DrainedSince = null },
        }));

    /// <summary>Whether a first version has failed and is kept for a look.</summary>
    internal static bool Stalled(Situation situation) =>
        situation.FirstVersion
        && situation.Phase is RolloutPhase.Preparing
        && situation.Record.Reason is RolloutReasons.Failed or RolloutReasons.TestFailed or RolloutReasons.DeadlineExceeded;
}
