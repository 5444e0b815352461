using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Requests;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts;

/// <summary>When time alone may change the decision.</summary>
internal static class Timers
{
    /// <summary>A look now and then that nothing asks for: an observation may have been missed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    internal static TimeSpan? Next(Situation situation, bool moved)
    {
        if (situation.Final)
        {
            return RequestIntake.Next(situation) is not null ? Shortest : Remaining(situation, situation.Record.FinishedAt, Limits.SizeKeptAfterEnd);
        }

        if (moved)
        {
            return Shortest;
        }

        var record = situation.Record;
        var clocks = record.Clocks;
        TimeSpan?[] times =
        [
            situation.Phase is RolloutPhase.RollingBack ? null : situation.Step.Look(situation).Remaining,
            Remaining(situation, clocks.CapacityShortSince, Limits.CapacityGrace),
            Remaining(situation, clocks.StableLostSince, Limits.RescueAfter),
            Remaining(situation, clocks.UnknownSince, situation.Plan.UnknownAfter),
            Remaining(situation, situation.Evidence.ContestedAt, Limits.ContestedQuiet),
            record.Step.AcknowledgedAt is null ? Remaining(situation, record.Route?.ChangedAt, Limits.AcknowledgeWithin) : null,
            clocks.DrainedSince is null ? Remaining(situation, record.TrafficRemovedAt, TrafficRemoval.Longest(situation)) : null,
            DeadlineClock.Runs(situation) ? DeadlineClock.Remaining(situation) : null,
            .. ExposureLapse.Clocks(situation).Select(clock => Remaining(situation, clock.Since, clock.Time)),
            .. situation.Inputs.Traffic.Gateways.Select(g => ExposureLease.Clock(situation, g)).Select(clock => Remaining(situation, clock.Since, clock.Time)),
        ];
        var next = times.Where(t => t is not null).Append(Longest).Min()!.Value;
        return next < Shortest ? Shortest : next;
    }

    /// <summary>Time until a stretch since a moment is over; null when there is none, or it is over.</summary>
    private static TimeSpan? Remaining(Situation situation, DateTimeOffset? since, TimeSpan time) =>
        since is not null && situation.Since(since) is var elapsed && elapsed < time ? time - elapsed : null;
}
