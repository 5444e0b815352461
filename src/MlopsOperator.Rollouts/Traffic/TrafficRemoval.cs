using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>The end of a revision's traffic: route without it, confirmed, then drained. Only then is it scaled down.</summary>
internal static class TrafficRemoval
{
    internal static Situation Apply(Situation situation)
    {
        if (situation.Phase is not (RolloutPhase.RollingBack or RolloutPhase.Retiring))
        {
            return situation;
        }

        if (situation.Phase is RolloutPhase.RollingBack && !situation.Exposed)
        {
            return situation.With(Stamp(situation.Record, situation.Now, drained: true));
        }

        // The route of a first version leads nowhere else: there is nothing to confirm.
        if (situation.Weight > 0 || (!situation.FirstVersion && !Acknowledgement.Gone(situation) && !Overdue(situation)))
        {
            return situation;
        }

        if (situation.Record.TrafficRemovedAt is null)
        {
            situation = HistoryLog.Add(
                situation.With(Stamp(situation.Record, situation.Now, drained: false)),
                EventReasons.TrafficRemoved,
                Actors.Engine,
                $"No gateway sends requests to {Name(situation)} any more.");
        }

        return Drained(situation) ? situation.With(Stamp(situation.Record, situation.Now, drained: true)) : situation;
    }

    /// <summary>Name of the revision whose traffic goes.</summary>
    internal static string Name(Situation situation) => situation.Phase is RolloutPhase.Retiring ? situation.StableName : situation.CandidateName;

    /// <summary>Time after which the revision counts as drained whatever is reported: no request may take longer.</summary>
    internal static TimeSpan Longest(Situation situation)
    {
        var timeout = situation.Intent.Timeout;
        return timeout > TimeSpan.Zero && timeout < TimeSpan.FromDays(366) ? timeout + Limits.DrainMargin : Limits.DrainMargin;
    }

    /// <summary>
    /// Where the candidate may be what keeps stable from starting, a gateway that says nothing is waited for no longer than a request may take: nothing serves.
    /// </summary>
    private static bool Overdue(Situation situation) =>
        situation is { Phase: RolloutPhase.RollingBack, Plan.HasGap: true } && situation.Elapsed(situation.Record.Route?.ChangedAt, Longest(situation));

    private static bool Drained(Situation situation)
    {
        var removed = situation.Record.TrafficRemovedAt;
        var revision = situation.Phase is RolloutPhase.Retiring ? situation.Spec.From?.Revision : situation.Spec.To.Revision;
        return situation.Elapsed(removed, Longest(situation))
            || Acknowledgement.Present(situation).All(g => g.ScrapedAt > removed && !InFlight(g, revision));
    }

    private static bool InFlight(GatewayObservation gateway, string? revision) =>
        revision is not null && gateway.InFlight.TryGetValue(revision, out var count) && !(count <= 0);

    private static ModelRolloutStatus Stamp(ModelRolloutStatus record, DateTimeOffset now, bool drained) => record with
    {
        TrafficRemovedAt = record.TrafficRemovedAt ?? now,
        Clocks = drained ? record.Clocks with { DrainedSince = record.Clocks.DrainedSince ?? now } : record.Clocks,
    };
}
