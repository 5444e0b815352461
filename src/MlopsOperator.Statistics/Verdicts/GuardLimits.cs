namespace MlopsOperator.Statistics.Verdicts;

/// <summary>The numbers that a guard's scores use.</summary>
/// <param name="Ceiling">Fixed limit of a ceiling guard.</param>
/// <param name="Ratio">Allowed ratio at the last step; 1 for a ceiling guard.</param>
/// <param name="Floor">Share below which the ratio does not matter; 0 for none.</param>
internal sealed record GuardLimits(double Ceiling, double Ratio, double Floor)
{
    // Settings are validated where users write them. The bounds here only keep every formula finite.
    private const double Smallest = 1e-9;

    public static GuardLimits Of(GuardSettings guard) => guard.Kind switch
    {
        GuardKind.ErrorCeiling => new(Share(guard.Ceiling), 1, 0),
        GuardKind.Latency => new(0, 1 + (Math.Max(0, guard.Excess) / Share(1 - guard.Quantile)), Share(1 - guard.Quantile) / 5),
        _ => new(0, Math.Max(1, guard.Ratio), guard.Floor > 0 ? Share(guard.Floor) : 0),
    };

    public bool IsSound => double.IsFinite(Ceiling) && double.IsFinite(Ratio) && double.IsFinite(Floor);

    public double AtStep(IReadOnlyList<double> tolerances, int step)
    {
        if (tolerances.Count == 0)
        {
            return Ratio;
        }

        var last = tolerances[^1] - 1;
        var relaxation = last > 0 ? (tolerances[Math.Clamp(step, 0, tolerances.Count - 1)] - 1) / last : 1;
        return 1 + ((Ratio - 1) * (relaxation >= 1 ? relaxation : 1));
    }

    public IReadOnlyList<double> DistinctRatios(IReadOnlyList<double> tolerances) =>
        tolerances.Count == 0 ? [Ratio] : [.. Enumerable.Range(0, tolerances.Count).Select(step => AtStep(tolerances, step)).Distinct()];

    private static double Share(double share) => Math.Clamp(share, Smallest, 1 - Smallest);
}
