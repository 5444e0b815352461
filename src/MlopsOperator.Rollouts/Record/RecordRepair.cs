using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Rollouts.Record;

/// <summary>
/// What a record cannot mean is mended before it is decided on. A clock that jumped back leaves moments of the record in the future. They are taken as now: no wait ends early, and none lasts more than its length again.
/// </summary>
internal static class RecordRepair
{
    internal static ModelRolloutStatus Apply(ModelRolloutStatus record, DateTimeOffset now)
    {
        var clocks = record.Clocks;
        return record with
        {
            StartedAt = Past(record.StartedAt, now),
            FinishedAt = Past(record.FinishedAt, now),
            PromotedAt = Past(record.PromotedAt, now),
            TrafficRemovedAt = Past(record.TrafficRemovedAt, now),
            EvidenceSavedAt = Past(record.EvidenceSavedAt, now),
            Weights = Whole(record.Weights),
            Step = record.Step with
            {
                StartedAt = Past(record.Step.StartedAt, now),
                AcknowledgedAt = Past(record.Step.AcknowledgedAt, now),
                LapsesCountedTo = Past(record.Step.LapsesCountedTo, now),
            },
            Route = record.Route is { } route
                ? route with { ChangedAt = Past(route.ChangedAt, now) ?? now, ExposedAt = Past(route.ExposedAt, now) }
                : null,
            Clocks = clocks with
            {
                LastSeen = Past(clocks.LastSeen, now),
                CapacityShortSince = Past(clocks.CapacityShortSince, now),
                StableLostSince = Past(clocks.StableLostSince, now),
                UnknownSince = Past(clocks.UnknownSince, now),
                LapsedSince = Past(clocks.LapsedSince, now),
                DrainedSince = Past(clocks.DrainedSince, now),
            },
            Holds = record.Holds is { } holds && holds.Any(h => h.Since > now)
                ? [.. holds.Select(h => h.Since > now ? h with { Since = now } : h)]
                : record.Holds,
        };
    }

    /// <summary>Weights that do not sum to the total were written by someone else; the candidate's share is what counts.</summary>
    private static RolloutWeights? Whole(RolloutWeights? weights)
    {
        if (weights is null || (weights.Candidate is >= 0 and <= Weights.Total && weights.Stable == Weights.Total - weights.Candidate))
        {
            return weights;
        }

        var candidate = Math.Clamp(weights.Candidate, 0, Weights.Total);
        return new RolloutWeights { Stable = Weights.Total - candidate, Candidate = candidate };
    }

    private static DateTimeOffset? Past(DateTimeOffset? moment, DateTimeOffset now) => moment > now ? now : moment;
}
