namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Several guards' evidence for Fail as one.</summary>
internal static class Combination
{
    /// <summary>
    /// Logarithm of the mean of the wealths: a wealth itself, whatever depends on what (Vovk and Wang, Annals of Statistics 49, 2021). One guard at m/alpha suffices.
    /// </summary>
    /// <param name="logWealths">One a guard; their number is fixed when the rollout starts.</param>
    public static double LogFail(ReadOnlySpan<double> logWealths) => logWealths.IsEmpty ? 0 : LogSpace.Mean(logWealths);
}
