namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Sums of numbers that are kept as natural logarithms; the largest is taken out, so that nothing overflows and −∞ survives.</summary>
internal static class LogSpace
{
    public static double Sum(ReadOnlySpan<double> logs)
    {
        var largest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            // Written so that NaN is not lost: Math.Max propagates it.
            largest = Math.Max(largest, log);
        }

        if (double.IsInfinity(largest))
        {
            return largest;
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log - largest);
        }

        return largest + Math.Log(sum);
    }

    public static double Mean(ReadOnlySpan<double> logs) => Sum(logs) - Math.Log(logs.Length);

    // log(1 + x) without losing small x.
    public static double LogOnePlus(double x)
    {
        var rounded = 1 + x;
        return rounded == 1 ? x : Math.Log(rounded) * x / (rounded - 1);
    }
}
