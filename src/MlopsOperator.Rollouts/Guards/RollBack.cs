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
            return new Transition(reason, message, Actors.Engine, s => Begin(s, reason, message, Actors.Engine));
        }

        return string.Equals(situation.Record.Reason, reason, StringComparison.Ordinal)
            ? Transition.Stay(reason, message)
            : new Transition(reason, message, Actors.Engine, s => Stall(s, reason, message));
    }

    internal static Situation Begin(Situation situation, string reason, string message, string actor)
    {
        var record = situation.Record;
        var entered = situation.With(record with
        {
            Phase = RolloutPhase.RollingBack,
            Reason = reason,
            Message = Limits.Cut(message),
            PromotedAt = null,
            TrafficRemovedAt = null,
            Holds = null,
            Clocks = record.Clocks with { CapacityShortSince = null, StableLostSince = null, UnknownSince = null, DrainedSince = null },
        });
        return HistoryLog.Add(entered, EventReasons.RollingBack, actor, $"{reason}: {message}");
    }

    private static Situation Stall(Situation situation, string reason, string message) => HistoryLog.Add(
        situation.With(situation.Record with { Reason = reason, Message = Limits.Cut(message) }),
        EventReasons.FirstVersionStalled,
        Actors.Engine,
        $"{reason}: {message}");
}
