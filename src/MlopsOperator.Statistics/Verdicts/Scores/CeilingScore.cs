namespace MlopsOperator.Statistics.Verdicts.Scores;

/// <summary>The mean of a block's values in [0, 1] against a fixed limit (betting on bounded means: Waudby-Smith and Ramdas, JRSS B 86, 2024). Fair whatever depends on what inside the block.</summary>
internal static class CeilingScore
{
    /// <summary>Score for "mean above the ceiling": at least −1, at most 0 in expectation if it is not. Null: no information.</summary>
    /// <param name="requests">Number of values.</param>
    /// <param name="total">Their sum.</param>
    /// <param name="ceiling">The limit, between 0 and 1, both excluded.</param>
    public static double? Fail(double requests, double total, double ceiling) =>
        !Counts.AreValid(requests, total) || requests == 0 ? null : ((total / requests) - ceiling) / ceiling;

    /// <summary>Score for "mean below the ceiling" of one block; of use for ceilings that are not small. See <see cref="Totals.CeilingPass"/>.</summary>
    /// <param name="requests">Number of values.</param>
    /// <param name="total">Their sum.</param>
    /// <param name="ceiling">The limit, between 0 and 1, both excluded.</param>
    public static double? Pass(double requests, double total, double ceiling) =>
        !Counts.AreValid(requests, total) || requests == 0 ? null : (ceiling - (total / requests)) / (1 - ceiling);
}
