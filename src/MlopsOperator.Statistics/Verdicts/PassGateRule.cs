namespace MlopsOperator.Statistics.Verdicts;

/// <summary>The gates as the steps of a rollout need them: 60 blocks and history bind the last step, six blocks of its own each.</summary>
internal static class PassGateRule
{
    public static string? OfCeiling(double ceiling, GuardState state, AssessmentContext context, StableHistory? history) =>
        PassGate.ForCeiling(GateBlocks(state), state.Candidate, ceiling, MinBlocks(context), context.LastStep ? PassGate.HistoryBlocks(state.Candidate, history) : 0);

    public static string? OfRatio(GuardLimits limits, JudgeSettings settings, GuardState state, AssessmentContext context, StableHistory? history, PassEvidence pass)
    {
        var gate = PassGate.ForRatio(GateBlocks(state), state.Observed, state.Candidate, state.Stable, pass.Ratio, limits.Floor, MinBlocks(context));
        if (gate is VerdictReasons.NoTraffic or VerdictReasons.NoBaseline or VerdictReasons.TooFewBlocks)
        {
            return gate;
        }

        if (state.Stable.Rate > PassGate.HighRate)
        {
            return VerdictReasons.HighRate;
        }

        // The part against the floor needs history; what the comparison with stable proves alone does not.
        var threshold = -Math.Log(settings.Beta);
        var leansOnFloor = pass.LogWealth >= threshold && pass.LogShareWealth < threshold;
        return gate ?? (context.LastStep && leansOnFloor && state.Compared < PassGate.HistoryBlocks(state.Candidate, history) ? VerdictReasons.NoHistory : null);
    }

    /// <summary>Blocks that the gate alone still waits for.</summary>
    public static double Missing(GuardSettings guard, GuardState state, AssessmentContext context, StableHistory? history)
    {
        var rollout = !context.LastStep ? 0 : guard.Kind == GuardKind.ErrorCeiling ? PassGate.HistoryBlocks(state.Candidate, history) : PassGate.LastStepBlocks;
        return Math.Max(0, Math.Max(rollout - state.Compared, PassGate.StepBlocks - state.ComparedSinceChange));
    }

    private static double MinBlocks(AssessmentContext context) => context.LastStep ? PassGate.LastStepBlocks : PassGate.StepBlocks;

    // A step that has too few blocks of its own has too few, however many the rollout has.
    private static double GateBlocks(GuardState state) => state.ComparedSinceChange < PassGate.StepBlocks ? state.ComparedSinceChange : state.Compared;
}
