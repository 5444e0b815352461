namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Stable's totals from before the rollout, in blocks of the rollout's own interval.</summary>
/// <param name="Blocks">Number of blocks, those without errors too.</param>
/// <param name="Requests">Sum of requests.</param>
/// <param name="Errors">Sum of errors.</param>
/// <param name="ErrorSquares">Sum over blocks of errors squared.</param>
public sealed record StableHistory(double Blocks, double Requests, double Errors, double ErrorSquares);
