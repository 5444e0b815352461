namespace MlopsOperator.Statistics.Verdicts;

/// <summary>The rule that all scores share: a block whose counts make no sense is thrown away.</summary>
public static class Counts
{
    /// <summary>The largest count that doubles hold exactly, 2^53.</summary>
    public const double Largest = 9007199254740992;

    /// <summary>Whether <paramref name="errors"/> of <paramref name="requests"/> makes sense; false for NaN, negative and infinite numbers, and for more errors than requests.</summary>
    public static bool AreValid(double requests, double errors) => errors >= 0 && errors <= requests && requests < double.PositiveInfinity;
}
