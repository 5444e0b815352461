namespace MlopsOperator.Statistics.Verdicts.Totals;

/// <summary>How large clumps of errors get, judged by the spread of errors over blocks.</summary>
internal static class ClusterSize
{
    /// <summary>The smallest size that is assumed.</summary>
    public const double Minimum = 3;

    /// <summary>Variance over mean of the errors a block (Fano factor), 0 without errors or with fewer than two blocks.</summary>
    /// <param name="errors">Sum of errors.</param>
    /// <param name="errorSquares">Sum over blocks of errors squared.</param>
    /// <param name="blocks">Number of blocks, those without errors too.</param>
    public static double Fano(double errors, double errorSquares, double blocks) =>
        blocks < 2 || errors <= 0 ? 0 : (errorSquares - (errors * errors / blocks)) / errors;

    /// <summary>The Fano factor, at least <paramref name="minimum"/>: the size-weighted mean clump where errors come in clumps; drift only raises it.</summary>
    /// <param name="errors">Sum of errors.</param>
    /// <param name="errorSquares">Sum over blocks of errors squared.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="minimum">Smallest answer.</param>
    public static double Of(double errors, double errorSquares, double blocks, double minimum = Minimum) => Math.Max(minimum, Fano(errors, errorSquares, blocks));
}
