namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Functions from additions, multiplications and divisions only, so that every platform gets the same bits, and the models the same digests.</summary>
internal static class ExactMath
{
    /// <summary>e^x: reduced to a small rest, then 14 terms of its series.</summary>
    /// <param name="x">Any number; cut at ±700.</param>
    /// <returns>e^x.</returns>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, -700, 700);
        var power = (int)Math.Floor((x * 1.4426950408889634) + 0.5);
        var rest = x - (power * 0.693147180369123816490) - (power * 1.90821492927058770002e-10);
        double sum = 1;
        double term = 1;
        for (var n = 1; n <= 14; n++)
        {
            term = term * rest / n;
            sum += term;
        }

        return BitConverter.Int64BitsToDouble((long)(power + 1023) << 52) * sum;
    }

    /// <summary>1 / (1 + e^-z).</summary>
    /// <param name="z">Log-odds.</param>
    /// <returns>The chance.</returns>
    public static double Sigmoid(double z) => 1 / (1 + Exp(-z));

    /// <summary>The inverse of <see cref="Sigmoid"/>, by Newton's method: no platform's logarithm.</summary>
    /// <param name="chance">Between 0 and 1.</param>
    /// <returns>Log-odds.</returns>
    public static double LogOdds(double chance)
    {
        double z = 0;
        for (var step = 0; step < 60; step++)
        {
            var sigmoid = Sigmoid(z);
            z -= (sigmoid - chance) / (sigmoid * (1 - sigmoid));
        }

        return z;
    }
}
