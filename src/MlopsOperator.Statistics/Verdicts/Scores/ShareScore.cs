namespace MlopsOperator.Statistics.Verdicts.Scores;

/// <summary>
/// The candidate's share of a block's errors against the share that a given ratio of rates allows: a conditional comparison of two Poisson rates
/// (Przyborowski and Wilenski, Biometrika 1940) as a bet. A drift that both arms share cancels.
/// </summary>
internal static class ShareScore
{
    /// <summary>Largest expected share of errors that falls on the candidate while its rate is at most <paramref name="ratio"/> times stable's.</summary>
    /// <param name="candidateShare">The candidate's share of the block's requests.</param>
    /// <param name="ratio">Allowed ratio, above 0.</param>
    public static double AllowedShare(double candidateShare, double ratio) => ratio * candidateShare / ((ratio * candidateShare) + 1 - candidateShare);

    /// <summary>Score for "the candidate's odds of an error are above ratio × stable's": at least −1, at most 0 in expectation if they are not. Null: no information.</summary>
    public static double? Fail(double candidateRequests, double candidateErrors, double stableRequests, double stableErrors, double ratio) =>
        Shares(candidateRequests, candidateErrors, stableRequests, stableErrors, ratio) is var (share, allowed) ? (share - allowed) / allowed : null;

    /// <summary>Score for "the candidate's rate is below ratio × stable's": at least −1, at most 0 in expectation if it is not. Null: no information.</summary>
    public static double? Pass(double candidateRequests, double candidateErrors, double stableRequests, double stableErrors, double ratio) =>
        Shares(candidateRequests, candidateErrors, stableRequests, stableErrors, ratio) is var (share, allowed) ? (allowed - share) / (1 - allowed) : null;

    private static (double Share, double Allowed)? Shares(double candidateRequests, double candidateErrors, double stableRequests, double stableErrors, double ratio)
    {
        if (!Counts.AreValid(candidateRequests, candidateErrors) || !Counts.AreValid(stableRequests, stableErrors)
            || candidateRequests == 0 || stableRequests == 0 || candidateErrors + stableErrors == 0)
        {
            return null;
        }

        // An arm so small beside the other that its share is lost in rounding tells nothing.
        var allowed = AllowedShare(candidateRequests / (candidateRequests + stableRequests), ratio);
        return allowed is > 0 and < 1 ? (candidateErrors / (candidateErrors + stableErrors), allowed) : null;
    }
}
