using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>A state that was read back is used only where it fits the settings and is sound; what does not begins anew.</summary>
internal static class StateRule
{
    public static GuardState GuardOf(JudgeSettings settings, JudgementState state, GuardSettings guard)
    {
        var fresh = GuardObserver.Begin(guard, settings.StepTolerances);
        var kept = state.Guards.FirstOrDefault(known => string.Equals(known.Name, guard.Name, StringComparison.Ordinal));
        return kept is not null && Fits(kept, fresh) ? kept : fresh;
    }

    public static IReadOnlyList<double> Outage(IReadOnlyList<double> logs) =>
        logs.Count == Totals.Outage.Fractions.Count && logs.All(double.IsFinite) ? logs : Totals.Outage.Start;

    private static bool Fits(GuardState kept, GuardState fresh) =>
        kept.Kind == fresh.Kind && kept.Passes.Count == fresh.Passes.Count && (kept.FloorFail is null) == (fresh.FloorFail is null)
        && kept.Fail.IsSound && kept.FloorFail is not { IsSound: false } && kept.Passes.All(pass => pass.IsSound)
        && kept.SeenCandidate.IsSound && kept.SeenStable.IsSound && kept.Candidate.IsSound && kept.Stable.IsSound
        && double.IsFinite(kept.Observed) && kept.Compared >= kept.ComparedSinceChange && kept.ComparedSinceChange >= 0 && kept.Compared <= kept.Observed
        && kept.SlowAbove is null or (>= 0 and < LatencyHistogram.EdgeCount) && kept.Reference is not { IsSound: false };
}
