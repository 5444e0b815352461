namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Says what a guard's state means at a step.</summary>
internal static class GuardAssessor
{
    /// <summary>A guard's evidence for Fail: with a floor, harm must be proved against the ratio and against the floor.</summary>
    public static double LogFail(GuardState state) =>
        state.FloorFail is { } floor ? Math.Min(state.Fail.LogValue, floor.LogValue) : state.Fail.LogValue;

    public static GuardVerdict Assess(JudgeSettings settings, GuardSettings guard, GuardState state, AssessmentContext context)
    {
        var limits = GuardLimits.Of(guard);
        var history = HistoryRule.Of(guard, settings.Baseline);
        var pass = guard.Kind == GuardKind.ErrorCeiling
            ? PassEvidence.OfCeiling(limits.Ceiling, state, history)
            : PassEvidence.OfRatio(limits, settings.StepTolerances, context.Step, state, history);
        var gate = Gate(settings, guard, limits, state, context, pass);
        var logFail = LogFail(state);
        var verdict = HasFailed(settings, guard, logFail, context.FailedGuard)
            ? (State: Verdict.Fail, Reason: VerdictReasons.EvidenceOfHarm)
            : VerdictRule.Decide(double.NegativeInfinity, pass.LogWealth, settings.Alpha, settings.Beta, limits.IsSound ? gate : VerdictReasons.InvalidData);
        return new()
        {
            Guard = guard.Name,
            State = verdict.State,
            Reason = verdict.Reason,
            Candidate = state.SeenCandidate.Rate,
            Stable = state.SeenStable.Rate,
            Samples = state.SeenCandidate.Requests,
            LogFail = logFail,
            LogPass = pass.LogWealth,
            Threshold = Threshold(guard, limits, settings.StepTolerances, context.Step, state),
            BlocksToGo = verdict.State == Verdict.Unknown ? Forecast.BlocksToGo(verdict.Reason, state, pass, PassGateRule.Missing(guard, state, context, history), settings.Beta) : null,
        };
    }

    // A guard that reached the threshold by itself is shown as failed too, but only when the rollout has failed: until then the mean of all decides.
    private static bool HasFailed(JudgeSettings settings, GuardSettings guard, double logFail, string? failedGuard) =>
        failedGuard is not null && (string.Equals(failedGuard, guard.Name, StringComparison.Ordinal) || logFail >= -Math.Log(settings.Alpha));

    private static string? Gate(JudgeSettings settings, GuardSettings guard, GuardLimits limits, GuardState state, AssessmentContext context, PassEvidence pass)
    {
        if (context.Held is not null)
        {
            return context.Held;
        }

        var history = HistoryRule.Of(guard, settings.Baseline);
        return guard.Kind == GuardKind.ErrorCeiling
            ? PassGateRule.OfCeiling(limits.Ceiling, state, context, history)
            : PassGateRule.OfRatio(limits, settings, state, context, history, pass);
    }

    private static double? Threshold(GuardSettings guard, GuardLimits limits, IReadOnlyList<double> tolerances, int step, GuardState state)
    {
        if (guard.Kind == GuardKind.ErrorCeiling)
        {
            return limits.Ceiling;
        }

        var allowed = state.SeenStable.Rate is { } stable ? Math.Max(limits.AtStep(tolerances, step) * stable, limits.Floor) : limits.Floor;
        return allowed > 0 || state.SeenStable.Requests > 0 ? Math.Min(1, allowed) : null;
    }
}
