using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Record;

/// <summary>The record's history: bounded, and its time goes forward whatever the clock does.</summary>
internal static class HistoryLog
{
    internal static Situation Add(Situation situation, string reason, string actor, string detail)
    {
        var history = situation.Record.History ?? [];
        var time = history.Count > 0 && history[^1].Time > situation.Now ? history[^1].Time : situation.Now;
        var entry = new HistoryEntry { Time = time, Event = reason, Actor = actor, Detail = Limits.Cut(detail) };
        IReadOnlyList<HistoryEntry> longer = [.. history.Skip(Math.Max(0, history.Count + 1 - Limits.History)), entry];
        return situation.With(situation.Record with { History = longer });
    }

    /// <summary>The entries of a record that an earlier one has not.</summary>
    internal static IEnumerable<HistoryEntry> Added(ModelRolloutStatus before, ModelRolloutStatus after)
    {
        var old = before.History ?? [];
        var all = after.History ?? [];
        // The log drops from its front once it is full, so that the last old entry, not the count, marks what is new.
        var known = old.Count == 0 ? 0 : all.Count - all.Reverse().TakeWhile(e => !ReferenceEquals(e, old[^1])).Count();
        return all.Skip(known);
    }
}
