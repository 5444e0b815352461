using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>
/// Time in which gateways gave the candidate no requests, as no scrape had reached them within the exposure lease. It is kept out of waits, and it is not
/// charged to the candidate: nobody looked.
/// </summary>
internal static class ExposureLapse
{
    /// <summary>Counts the lapses that gateways report, and notes one that goes on.</summary>
    internal static Situation Apply(Situation situation)
    {
        var since = situation.Record.Clocks.LapsedSince;
        if (ExposureLease.Current(situation) is not { } lease || situation.Record.Step.AcknowledgedAt is not { } acknowledged)
        {
            return Since(situation, null);
        }

        var silent = Silent(situation, lease);
        var counted = Since(Count(situation, acknowledged, silent is null ? since : null), silent is null ? null : since ?? situation.Now);
        return silent is not null && since is null
            ? Tell(counted, $"{silent} has not been scraped for {Texts.Duration(lease)}: it gives {situation.CandidateName} no requests until it is.")
            : counted.Lapsed >= Limits.StaleIntervals * situation.Plan.Interval && counted.Lapsed > TimeSpan.Zero
                ? Tell(counted, $"{situation.CandidateName} had no requests for {Seconds(counted.Lapsed)}, as no scrape reached a gateway within {Texts.Duration(lease)}. It is no waiting time.")
                : counted;
    }

    /// <summary>How much of the time since the acknowledgement is no waiting time.</summary>
    internal static TimeSpan Of(Situation situation) =>
        situation.Record.Step.LapsedSeconds is { } seconds && double.IsFinite(seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, situation.Since(situation.Record.Step.AcknowledgedAt).TotalSeconds))
            : TimeSpan.Zero;

    /// <summary>A ready gateway that may have lapsed without our knowledge, as it has not been scraped within the lease; null when there is none.</summary>
    internal static string? Unheard(Situation situation) => ExposureLease.Current(situation) is { } lease
        ? Acknowledgement.Ready(situation).FirstOrDefault(gateway => gateway.ScrapedAt is null || situation.Elapsed(gateway.ScrapedAt, lease))?.Name
        : null;

    /// <summary>How much of the time since the last decision is not charged to the candidate.</summary>
    internal static TimeSpan Forgiven(Situation situation) =>
        situation.Record.Clocks.LapsedSince is not null || situation.Inputs.Record.Clocks.LapsedSince is not null
            ? situation.Since(situation.Record.Clocks.LastSeen)
            : situation.Lapsed;

    /// <summary>When a gateway that is not scraped again will have lapsed.</summary>
    internal static IEnumerable<(DateTimeOffset? Since, TimeSpan Time)> Clocks(Situation situation) => ExposureLease.Current(situation) is { } lease
        ? Acknowledgement.Ready(situation).Select(gateway => (gateway.ScrapedAt ?? situation.Inputs.Traffic.JudgingSince, lease))
        : [];

    /// <summary>
    /// Gateways lapse side by side, so that the longest counts. One that was seen to be silent has lapsed whatever it reports: the answer to the scrape that
    /// ended it may have been lost.
    /// </summary>
    private static Situation Count(Situation situation, DateTimeOffset acknowledged, DateTimeOffset? silentSince)
    {
        var from = Later(acknowledged, situation.Record.Step.LapsesCountedTo);
        var (lapse, to) = (TimeSpan.Zero, from);
        foreach (var gateway in Acknowledgement.Ready(situation))
        {
            if (gateway.Lapse > TimeSpan.Zero && Earlier(gateway.ScrapedAt, situation.Now) is { } scraped && scraped > from)
            {
                lapse = Longer(lapse, gateway.Lapse < scraped - from ? gateway.Lapse : scraped - from);
                to = Later(to, scraped);
            }
        }

        if (silentSince is { } silent && Later(from, silent) is var start && situation.Now > start)
        {
            (lapse, to) = (Longer(lapse, situation.Now - start), situation.Now);
        }

        return lapse == TimeSpan.Zero
            ? situation
            : situation.With(situation.Record with
            {
                Step = situation.Record.Step with { LapsedSeconds = (Of(situation) + lapse).TotalSeconds, LapsesCountedTo = to },
            }) with { Lapsed = lapse };
    }

    private static string? Silent(Situation situation, TimeSpan lease)
    {
        var ready = Acknowledgement.Ready(situation);
        var silent = ready.FirstOrDefault(gateway => situation.Elapsed(gateway.ScrapedAt, lease));

        // One that has just come is not scraped yet; but where none ever answered, none will serve.
        return silent?.Name
            ?? (ready.All(gateway => gateway.ScrapedAt is null) && situation.Elapsed(situation.Inputs.Traffic.JudgingSince, lease) ? ready.FirstOrDefault()?.Name : null);
    }

    private static Situation Since(Situation situation, DateTimeOffset? since) => situation.Record.Clocks.LapsedSince == since
        ? situation
        : situation.With(situation.Record with { Clocks = situation.Record.Clocks with { LapsedSince = since } });

    /// <summary>A lease that ends again and again must not push all else out of the history.</summary>
    private static Situation Tell(Situation situation, string text)
    {
        var last = situation.Record.History?.LastOrDefault(entry => string.Equals(entry.Event, EventReasons.ExposureLapsed, StringComparison.Ordinal));
        return last is not null && situation.Since(last.Time) < Limits.LapseToldEvery
            ? situation
            : HistoryLog.Add(situation, EventReasons.ExposureLapsed, Actors.Engine, text);
    }

    private static string Seconds(TimeSpan time) => Texts.Duration(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset other) => one > other ? other : one;
}
