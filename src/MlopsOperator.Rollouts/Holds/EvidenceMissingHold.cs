using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>A required metric has been Unknown for longer than the strategy allows, and shall hold. Cleared by its verdict.</summary>
internal static class EvidenceMissingHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.EvidenceMissingHold,
        Actors.Engine,
        s => Overdue(s) && s.Plan.UnknownThen is UnknownAction.Hold ? WaitingFor.EvidenceHold(s) : null);

    /// <summary>Counts how long an analysis has had no verdict to go on with. Another's hold stops it: a pause of days is no lack of evidence.</summary>
    internal static Situation Count(Situation situation)
    {
        var waits = situation.Phase is RolloutPhase.Progressing
            && situation.Step is AnalyzeStep analyze
            && !HeldByOthers(situation)
            && !analyze.Look(situation).Over;
        return situation.With(situation.Record with { Clocks = situation.Record.Clocks with { UnknownSince = waits ? Since(situation) : null } });
    }

    /// <summary>What nobody looked at, or nobody was exposed to, is no lack of evidence: the beginning moves on by it, never beyond now.</summary>
    private static DateTimeOffset Since(Situation situation)
    {
        var (absence, lapse) = (DeadlineClock.Absence(situation), ExposureLapse.Forgiven(situation));
        absence = lapse > absence ? lapse : absence;
        return situation.Record.Clocks.UnknownSince is { } since && situation.Since(since) > absence ? since + absence : situation.Now;
    }

    private static bool HeldByOthers(Situation situation) =>
        UserHold.Paused(situation)
        || situation.Record.Holds?.Any(h => !string.Equals(h.Name, RolloutReasons.EvidenceMissingHold, StringComparison.Ordinal)) == true;

    internal static bool Overdue(Situation situation) => situation.Elapsed(situation.Record.Clocks.UnknownSince, situation.Plan.UnknownAfter);
}
