using MlopsOperator.Statistics.Verdicts.Totals;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Which history of stable a guard may use: errors only (slow requests have none), and only numbers that make sense.</summary>
internal static class HistoryRule
{
    public static StableHistory? Of(GuardSettings guard, StableHistory? history) =>
        guard.Kind != GuardKind.Latency && history is { Blocks: >= 0, ErrorSquares: >= 0 } && double.IsFinite(history.Blocks) && double.IsFinite(history.ErrorSquares)
        && Counts.AreValid(history.Requests, history.Errors)
            ? history
            : null;

    /// <summary>Largest clump that anything seen so far points to.</summary>
    public static double ClusterSizeOf(GuardState state, StableHistory? history) => Math.Max(
        Math.Max(
            ClusterSize.Of(state.Candidate.Errors, state.Candidate.ErrorSquares, state.Observed),
            ClusterSize.Of(state.Stable.Errors, state.Stable.ErrorSquares, state.Observed)),
        history is null ? ClusterSize.Minimum : ClusterSize.Of(history.Errors, history.ErrorSquares, history.Blocks));
}
