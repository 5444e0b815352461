using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts.Scores;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Adds blocks to what a guard has seen.</summary>
internal static class GuardObserver
{
    public static GuardState Begin(GuardSettings guard, IReadOnlyList<double> tolerances)
    {
        var limits = GuardLimits.Of(guard);
        return new()
        {
            Name = guard.Name,
            Kind = guard.Kind,
            FloorFail = limits.Floor > 0 ? Wealth.Start : null,
            Passes = guard.Kind == GuardKind.ErrorCeiling ? [] : [.. limits.DistinctRatios(tolerances).Select(_ => Wealth.Start)],
            Reference = guard.Kind == GuardKind.Latency ? new() : null,
        };
    }

    public static GuardState AfterWeightChange(GuardState state) => state with
    {
        Fail = state.Fail.AfterWeightChange(),
        FloorFail = state.FloorFail?.AfterWeightChange(),
        Passes = [.. state.Passes.Select(pass => pass.AfterWeightChange())],
        ComparedSinceChange = 0,
    };

    public static GuardState Observe(GuardSettings guard, IReadOnlyList<double> tolerances, GuardState state, EvidenceBlock block, bool countsForPass)
    {
        var limits = GuardLimits.Of(guard);
        if (!limits.IsSound)
        {
            return state;
        }

        if (guard.Kind != GuardKind.Latency)
        {
            return Observe(guard.Kind, limits, tolerances, state, GuardCounts.OfErrors(block), countsForPass);
        }

        return state.SlowAbove is { } edge
            ? Observe(guard.Kind, limits, tolerances, state, GuardCounts.OfSlow(block, edge), countsForPass)
            : Learn(guard, state, block.Stable.Durations);
    }

    private static GuardState Observe(GuardKind kind, GuardLimits limits, IReadOnlyList<double> tolerances, GuardState state, GuardCounts counts, bool countsForPass)
    {
        var (candidate, candidateBad, stable, stableBad) = counts;
        var compares = kind != GuardKind.ErrorCeiling;
        var seen = state with
        {
            Fail = state.Fail.After(compares
                ? ShareScore.Fail(candidate, candidateBad, stable, stableBad, limits.Ratio)
                : CeilingScore.Fail(candidate, candidateBad, limits.Ceiling)),
            FloorFail = state.FloorFail?.After(CeilingScore.Fail(candidate, candidateBad, limits.Floor)),
            SeenCandidate = state.SeenCandidate.Plus(candidate, candidateBad),
            SeenStable = state.SeenStable.Plus(stable, stableBad),
        };
        if (!countsForPass)
        {
            return seen;
        }

        var isCompared = candidate > 0 && (stable > 0 || !compares);
        return seen with
        {
            Passes = compares
                ? [.. state.Passes.Zip(limits.DistinctRatios(tolerances), (pass, ratio) => pass.After(ShareScore.Pass(candidate, candidateBad, stable, stableBad, ratio)))]
                : state.Passes,
            Candidate = state.Candidate.Plus(candidate, candidateBad),
            Stable = state.Stable.Plus(stable, stableBad),
            Observed = state.Observed + 1,
            Compared = state.Compared + (isCompared ? 1 : 0),
            ComparedSinceChange = state.ComparedSinceChange + (isCompared ? 1 : 0),
        };
    }

    // The threshold is known before the first block that is held against it, so that it cannot be fitted to what it judges.
    private static GuardState Learn(GuardSettings guard, GuardState state, IReadOnlyList<double> durations)
    {
        if (!durations.Any(count => count > 0))
        {
            return state;
        }

        var reference = (state.Reference ?? new()).Plus(durations);
        var edge = reference.Blocks >= LatencyReference.BlocksNeeded ? LatencyHistogram.NearestEdge(reference.Durations, guard.Quantile) : null;
        return edge is null ? state with { Reference = reference } : state with { Reference = null, SlowAbove = edge };
    }
}
