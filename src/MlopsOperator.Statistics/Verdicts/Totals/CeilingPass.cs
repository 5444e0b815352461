using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts.Totals;

/// <summary>Evidence for "mean below the ceiling" from totals: far faster than block by block where the ceiling is small.</summary>
internal static class CeilingPass
{
    /// <summary>
    /// Logarithm of a wealth: <c>log mean_f exp{[e log(1 − f) + (n − e) log(1 + f c/(1 − c))]/k}</c>. Fair for clumps of at most k dependent values.
    /// </summary>
    /// <param name="requests">n, cumulative.</param>
    /// <param name="total">e, cumulative: sum of values in [0, 1].</param>
    /// <param name="ceiling">c, between 0 and 1, both excluded.</param>
    /// <param name="clusterSize">k, at least 1.</param>
    public static double LogWealth(double requests, double total, double ceiling, double clusterSize)
    {
        Span<double> logs = stackalloc double[Bet.Fractions.Count];
        LogWealths(requests, total, ceiling, clusterSize, logs);
        return LogSpace.Mean(logs);
    }

    internal static void LogWealths(double requests, double total, double ceiling, double clusterSize, Span<double> logs)
    {
        for (var index = 0; index < logs.Length; index++)
        {
            var fraction = Bet.Fractions[index];
            logs[index] = ((total * LogSpace.LogOnePlus(-fraction)) + ((requests - total) * LogSpace.LogOnePlus(fraction * ceiling / (1 - ceiling)))) / clusterSize;
        }
    }
}
