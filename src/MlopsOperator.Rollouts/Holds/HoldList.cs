using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>Sets and clears holds. They follow from what is observed; the record keeps since when.</summary>
internal static class HoldList
{
    private static readonly HoldRule[] Rules =
    [
        ApprovalHold.Rule,
        CapacityHold.Rule,
        ContestedHold.Rule,
        EvidenceMissingHold.Rule,
        RouteNotAcknowledgedHold.Rule,
        UserHold.Rule,
    ];

    internal static Situation Refresh(Situation situation)
    {
        var before = situation.Record.Holds ?? [];
        List<RolloutHold> holds = [];
        foreach (var rule in Rules)
        {
            if (rule.Look(situation) is { } reason)
            {
                var known = before.FirstOrDefault(h => string.Equals(h.Name, rule.Name, StringComparison.Ordinal));
                holds.Add(new RolloutHold { Name = rule.Name, Reason = Limits.Cut(reason), Since = known?.Since ?? situation.Now });
            }
        }

        var refreshed = situation.With(situation.Record with { Holds = holds.Count > 0 ? holds : null });
        foreach (var rule in Rules)
        {
            refreshed = Tell(refreshed, rule, Has(before, rule.Name), holds.FirstOrDefault(h => string.Equals(h.Name, rule.Name, StringComparison.Ordinal)));
        }

        return refreshed;
    }

    private static Situation Tell(Situation situation, HoldRule rule, bool was, RolloutHold? hold) => (was, hold) switch
    {
        (false, not null) => HistoryLog.Add(situation, EventReasons.Held, rule.Actor, $"Held by {rule.Name}: waits for {hold.Reason}."),
        (true, null) => HistoryLog.Add(situation, EventReasons.HoldCleared, rule.Actor, $"Hold {rule.Name} cleared."),
        _ => situation,
    };

    private static bool Has(IReadOnlyList<RolloutHold> holds, string name) => holds.Any(h => string.Equals(h.Name, name, StringComparison.Ordinal));
}
