using MathNet.Numerics.Distributions;
using MlopsOperator.Statistics.Verdicts.Scores;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>How fast wealth grows, and how many blocks it takes to a threshold.</summary>
internal static class Growth
{
    /// <summary>More blocks than this are as good as never.</summary>
    public const double Limit = 1e7;

    // Outcomes that are rarer than this change no digit that is shown.
    private const double Negligible = 1e-12;
    private const double Tail = 1e-10;

    /// <summary>Smallest n with <c>log(sum_j wealth_j exp(n growth_j) + cash)</c> at or over the threshold; null if it is over <see cref="Limit"/>.</summary>
    /// <param name="wealth">Wealth of each fraction.</param>
    /// <param name="cash">Wealth that is not bet.</param>
    /// <param name="growth">Growth of each fraction's logarithm a block.</param>
    /// <param name="logThreshold">Logarithm of the wealth that is wanted.</param>
    public static double? BlocksToThreshold(IReadOnlyList<double> wealth, double cash, IReadOnlyList<double> growth, double logThreshold) =>
        BlocksToThreshold([.. wealth.Select(amount => Math.Log(amount)), Math.Log(cash)], [.. growth, 0], logThreshold);

    /// <summary>Chance that a block has errors at all, and each fraction's mean growth of the logarithm in such a block, for independent errors. Sums over all outcomes: of use up to some hundred errors a block.</summary>
    /// <param name="stableRate">Stable's rate of errors.</param>
    /// <param name="ratio">The candidate's rate, as a multiple of stable's.</param>
    /// <param name="requestsPerBlock">Requests a block on both arms together.</param>
    /// <param name="candidateShare">The candidate's share of them.</param>
    /// <param name="allowedRatio">Ratio that is bet against.</param>
    /// <param name="towardsFail">Whether the bet is on harm.</param>
    public static (double AnyErrors, IReadOnlyList<double> LogGrowth) Planned(
        double stableRate, double ratio, double requestsPerBlock, double candidateShare, double allowedRatio, bool towardsFail)
    {
        var candidateErrors = requestsPerBlock * candidateShare * ratio * stableRate;
        var mean = candidateErrors + (requestsPerBlock * (1 - candidateShare) * stableRate);
        var growth = new double[Bet.Fractions.Count];
        if (!(mean > 0) || !double.IsFinite(mean))
        {
            return (0, growth);
        }

        var allowed = ShareScore.AllowedShare(candidateShare, allowedRatio);
        var seen = Poisson.PMF(mean, 0);
        for (var errors = 1; 1 - seen > Tail || errors <= mean; errors++)
        {
            var chance = Poisson.PMF(mean, errors);
            seen += chance;
            if (chance >= Negligible)
            {
                Add(growth, chance, errors, candidateErrors / mean, allowed, towardsFail);
            }
            else if (errors > mean)
            {
                break;
            }
        }

        var any = 1 - Poisson.PMF(mean, 0);
        return (any, any > 0 ? [.. growth.Select(sum => sum / any)] : growth);
    }

    internal static double? BlocksToThreshold(double[] logWealth, double[] growth, double logThreshold)
    {
        if (LogAt(logWealth, growth, 0) >= logThreshold)
        {
            return 0;
        }

        if (!(LogAt(logWealth, growth, Limit) >= logThreshold))
        {
            return null;
        }

        var (low, high) = (0.0, Limit);
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = LogAt(logWealth, growth, middle) >= logThreshold ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static double LogAt(double[] logWealth, double[] growth, double blocks) =>
        LogSpace.Sum([.. logWealth.Zip(growth, (log, rate) => double.IsNegativeInfinity(log) ? log : log + (blocks * rate))]);

    private static void Add(double[] growth, double chance, int errors, double candidateShareOfErrors, double allowed, bool towardsFail)
    {
        for (var candidate = 0; candidate <= errors; candidate++)
        {
            var weight = chance * Binomial.PMF(candidateShareOfErrors, errors, candidate);
            if (weight <= 0)
            {
                continue;
            }

            var share = (double)candidate / errors;
            var score = towardsFail ? (share - allowed) / allowed : (allowed - share) / (1 - allowed);
            for (var index = 0; index < growth.Length; index++)
            {
                growth[index] += weight * Math.Log(Bet.Payoff(Bet.Fractions[index], score));
            }
        }
    }
}
