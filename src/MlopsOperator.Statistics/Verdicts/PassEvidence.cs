using MlopsOperator.Statistics.Verdicts.Totals;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>A guard's evidence for Pass at a step, and the parts that it is the mean of.</summary>
/// <param name="LogWealth">Logarithm of the wealth.</param>
/// <param name="LogShareWealth">The same without the part that history is needed for; −∞ when there is none.</param>
/// <param name="Ratio">Ratio that the part by comparison is held against; 0 without one.</param>
/// <param name="Share">The part by comparison; null without one.</param>
/// <param name="Ceiling">Limit of the part from totals; 0 without one.</param>
/// <param name="ClusterSize">Clump size of the part from totals.</param>
internal sealed record PassEvidence(double LogWealth, double LogShareWealth, double Ratio, Wealth? Share, double Ceiling, double ClusterSize)
{
    public static PassEvidence OfCeiling(double ceiling, GuardState state, StableHistory? history)
    {
        var clusterSize = HistoryRule.ClusterSizeOf(state, history);
        return new(CeilingPass.LogWealth(state.Candidate.Requests, state.Candidate.Errors, ceiling, clusterSize), double.NegativeInfinity, 0, null, ceiling, clusterSize);
    }

    public static PassEvidence OfRatio(GuardLimits limits, IReadOnlyList<double> tolerances, int step, GuardState state, StableHistory? history)
    {
        var ratio = limits.AtStep(tolerances, step);
        var index = Math.Max(0, limits.DistinctRatios(tolerances).ToList().IndexOf(ratio));
        var share = state.Passes[index];
        if (limits.Floor <= 0)
        {
            return new(share.LogValue, share.LogValue, ratio, share, 0, ClusterSizes.None);
        }

        var clusterSize = HistoryRule.ClusterSizeOf(state, history);
        var floor = CeilingPass.LogWealth(state.Candidate.Requests, state.Candidate.Errors, limits.Floor, clusterSize);
        return new(LogSpace.Mean([share.LogValue, floor]), share.LogValue - Math.Log(2), ratio, share, limits.Floor, clusterSize);
    }

    private static class ClusterSizes
    {
        public const double None = 1;
    }
}
