using System.Runtime.InteropServices;

namespace MlopsOperator.Demo.Soak;

/// <summary>
/// How a figure moved. The first third of a soak is warm-up: code is compiled, pools and windows fill. The least of the last third is held against the least
/// of the second: within each of several rollouts and collections a figure rises and falls, and what leaks raises where it falls to.
/// </summary>
/// <param name="Before">The least of the second third.</param>
/// <param name="After">The least of the last third.</param>
/// <param name="Most">The most from the warm-up on.</param>
/// <param name="PerHour">Slope of the straight line that fits the samples from the warm-up on best, an hour.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Trend(double Before, double After, double Most, double PerHour)
{
    /// <summary>What it grew by.</summary>
    public double Growth => After - Before;

    /// <summary>The trend of samples over a soak of a length; null where a third has no sample.</summary>
    public static Trend? Of(IReadOnlyList<(TimeSpan At, double Value)> samples, TimeSpan length)
    {
        var second = samples.Where(sample => sample.At >= length / 3 && sample.At < length * 2 / 3).ToList();
        var last = samples.Where(sample => sample.At >= length * 2 / 3).ToList();
        if (second.Count == 0 || last.Count == 0)
        {
            return null;
        }

        var both = second.Concat(last).ToList();
        return new Trend(second.Min(sample => sample.Value), last.Min(sample => sample.Value), both.Max(sample => sample.Value), Slope(both));
    }

    /// <summary>Whether growth is within what a figure allows.</summary>
    public bool IsFlat(Figure figure) => Growth <= Math.Max(figure.Allowed, figure.AllowedShare * Before);

    // Least squares.
    private static double Slope(List<(TimeSpan At, double Value)> samples)
    {
        var (meanAt, mean) = (samples.Average(sample => sample.At.TotalHours), samples.Average(sample => sample.Value));
        var spread = samples.Sum(sample => Math.Pow(sample.At.TotalHours - meanAt, 2));
        return spread > 0 ? samples.Sum(sample => (sample.At.TotalHours - meanAt) * (sample.Value - mean)) / spread : 0;
    }
}
