namespace MlopsOperator.Statistics.Verdicts;

/// <summary>The ratio that a Pass is held against at a weight below the last.</summary>
public static class Tolerances
{
    /// <summary>A small weight is judged at most this many times more leniently than the last.</summary>
    public const double Most = 10;

    /// <summary><c>1 + (ratio − 1)·min(most, lastWeight/weight)</c>.</summary>
    /// <param name="ratio">Allowed ratio at the last step.</param>
    /// <param name="weight">Weight of the step, in any unit; the most lenient tolerance if it is not above 0.</param>
    /// <param name="lastWeight">Weight of the last step, in the same unit.</param>
    /// <param name="most">Upper limit of the relaxation.</param>
    public static double AtStep(double ratio, double weight, double lastWeight, double most = Most) =>
        1 + ((ratio - 1) * (weight > 0 ? Math.Min(most, lastWeight / weight) : most));

    /// <summary>The tolerance of each step.</summary>
    /// <param name="ratio">Allowed ratio at the last step.</param>
    /// <param name="weights">Weights of the steps in their order, in any unit.</param>
    public static IReadOnlyList<double> ForWeights(double ratio, IReadOnlyList<int> weights) =>
        [.. weights.Select((weight, step) => step == weights.Count - 1 ? ratio : AtStep(ratio, weight, weights[^1]))];
}
