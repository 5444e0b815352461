namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Three-valued verdict from the two wealths.</summary>
internal static class VerdictRule
{
    /// <summary>Fail first, then data that cannot be judged, then what holds a Pass back, then Pass. Thresholds are inclusive; NaN never passes.</summary>
    /// <param name="logFailPeak">Highest evidence for Fail so far.</param>
    /// <param name="logPass">Evidence for Pass now.</param>
    /// <param name="alpha">Fail at 1/alpha.</param>
    /// <param name="beta">Pass at 1/beta.</param>
    /// <param name="gate">Reason that holds a Pass back, or null.</param>
    public static (Verdict State, string Reason) Decide(double logFailPeak, double logPass, double alpha, double beta, string? gate)
    {
        if (logFailPeak >= -Math.Log(alpha))
        {
            return (Verdict.Fail, VerdictReasons.EvidenceOfHarm);
        }

        if (double.IsNaN(logFailPeak) || double.IsNaN(logPass))
        {
            return (Verdict.Unknown, VerdictReasons.InvalidData);
        }

        if (gate is not null)
        {
            return (Verdict.Unknown, gate);
        }

        return logPass >= -Math.Log(beta) ? (Verdict.Pass, VerdictReasons.EvidenceOfHealth) : (Verdict.Unknown, VerdictReasons.MoreNeeded);
    }
}
