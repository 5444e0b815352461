namespace MlopsOperator.Statistics.Verdicts.Wealths;

/// <summary>What is bet on each score, and what a bet may bring.</summary>
internal static class Bet
{
    /// <summary>Fractions of the largest bet that cannot go bankrupt; each is played with a seventh of the capital.</summary>
    public static IReadOnlyList<double> Fractions { get; } = [0.01, 0.03, 0.10, 0.25, 0.50, 0.75, 0.95];

    /// <summary>One block multiplies a wealth by at most this.</summary>
    public const double Cap = 10;

    /// <summary>A fraction's wealth stops growing here, so that no sum overflows.</summary>
    public const double LargestStake = 1e200;

    /// <summary>Capital that enters before a unit of evidence: over time, so that late breaks are found fast.</summary>
    /// <param name="unit">Number of the informative block, from 1.</param>
    /// <param name="weightChange">k if this unit is the first after the k-th weight change, else 0.</param>
    public static double Capital(double unit, double weightChange) =>
        (unit == 1 ? 0.5 : 0.25 / ((unit - 1) * unit)) + (weightChange > 0 ? Math.Pow(2, -(weightChange + 2)) : 0);

    /// <summary>What a fraction's wealth is multiplied by.</summary>
    /// <param name="fraction">The fraction.</param>
    /// <param name="score">The block's score, at least −1.</param>
    public static double Payoff(double fraction, double score) => Math.Min(Cap, 1 + (fraction * score));
}
