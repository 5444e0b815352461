namespace MlopsOperator.Statistics.Verdicts.Totals;

/// <summary>One revision's totals over blocks.</summary>
/// <param name="Blocks">Blocks in which it had requests.</param>
/// <param name="Requests">Sum of requests.</param>
/// <param name="Errors">Sum of errors.</param>
/// <param name="ErrorSquares">Sum over blocks of errors squared.</param>
public sealed record ArmTotals(double Blocks, double Requests, double Errors, double ErrorSquares)
{
    /// <summary>Nothing yet.</summary>
    public static ArmTotals None { get; } = new(0, 0, 0, 0);

    /// <summary>Share of errors; null without requests.</summary>
    internal double? Rate => Requests > 0 ? Errors / Requests : null;

    /// <summary>Whether it could have come from <see cref="Plus"/>.</summary>
    internal bool IsSound => double.IsFinite(Blocks) && Blocks >= 0 && Counts.AreValid(Requests, Errors) && double.IsFinite(ErrorSquares) && ErrorSquares >= 0;

    internal ArmTotals Plus(double requests, double errors) =>
        requests == 0 ? this : new(Blocks + 1, Requests + requests, Errors + errors, ErrorSquares + (errors * errors));
}
