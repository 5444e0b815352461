namespace MlopsOperator.Statistics.Verdicts.Wealths;

/// <summary>
/// A wealth that starts as 1 and is bet on one score a block: at most 1 in expectation, ever, while what is bet against holds (Ville 1939; Waudby-Smith and
/// Ramdas, JRSS B 86, 2024). So reaching 1/alpha has at most chance alpha, however often one looks.
/// </summary>
public sealed record Wealth
{
    private static readonly double[] Nothing = new double[Bet.Fractions.Count];

    /// <summary>Before any evidence.</summary>
    public static Wealth Start { get; } = new();

    /// <summary>Wealth of each of <see cref="Bet.Fractions"/>.</summary>
    public IReadOnlyList<double> Stakes { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>Sum of the logarithms of payoffs of each fraction; predicts how much more evidence is needed.</summary>
    public IReadOnlyList<double> LogPayoffs { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>Informative blocks so far.</summary>
    public double Units { get; init; }

    /// <summary>Weight changes that brought fresh capital.</summary>
    public double WeightChanges { get; init; }

    /// <summary>Capital that has entered.</summary>
    public double Used { get; init; }

    /// <summary>Whether the next informative block is the first after a weight change.</summary>
    public bool Pending { get; init; }

    /// <summary>Capital that is not bet yet.</summary>
    internal double Cash => Math.Max(0, 1 - Used);

    /// <summary>Natural logarithm of the wealth; −∞ is possible, NaN is not.</summary>
    internal double LogValue => Math.Log(Stakes.Sum() + Cash);

    /// <summary>Whether it could have come from <see cref="After"/>: what is read back is not trusted.</summary>
    internal bool IsSound =>
        Stakes.Count == Bet.Fractions.Count && LogPayoffs.Count == Bet.Fractions.Count
        && Stakes.All(stake => stake is >= 0 and <= Bet.LargestStake) && LogPayoffs.All(double.IsFinite)
        && double.IsFinite(Units) && Units >= 0 && double.IsFinite(WeightChanges) && WeightChanges >= 0 && Used is >= 0 and <= 2;

    /// <summary>After a weight change: nothing is reset, and the next informative block brings fresh capital. Changes before any evidence add nothing.</summary>
    internal Wealth AfterWeightChange() => this with { Pending = Units > 0 };

    /// <summary>After a block. A null score is no information: nothing changes.</summary>
    internal Wealth After(double? score)
    {
        if (score is not { } x)
        {
            return this;
        }

        var change = Pending ? WeightChanges + 1 : WeightChanges;
        var capital = Bet.Capital(Units + 1, Pending ? change : 0);
        var stakes = new double[Bet.Fractions.Count];
        var logPayoffs = new double[Bet.Fractions.Count];
        for (var index = 0; index < stakes.Length; index++)
        {
            var payoff = Bet.Payoff(Bet.Fractions[index], x);
            stakes[index] = Math.Min(Bet.LargestStake, (Stakes[index] + (capital / stakes.Length)) * payoff);
            logPayoffs[index] = LogPayoffs[index] + Math.Log(payoff);
        }

        return new() { Stakes = stakes, LogPayoffs = logPayoffs, Units = Units + 1, WeightChanges = change, Used = Used + capital, Pending = false };
    }
}
