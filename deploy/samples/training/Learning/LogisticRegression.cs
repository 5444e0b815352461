using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Logistic regression: means for the missing, standardised, the region as five columns.</summary>
/// <param name="Means">Mean of each feature.</param>
/// <param name="Scales">Standard deviation of each feature.</param>
/// <param name="Weights">Of the features, then of the regions.</param>
/// <param name="Bias">Log-odds of the mean flight.</param>
internal sealed record LogisticRegression(float[] Means, float[] Scales, float[] Weights, float Bias)
{
    private const double Ridge = 1;
    private const int Steps = 12;

    /// <summary>Trains a model by Newton's method with a ridge.</summary>
    /// <param name="flights">The flights to learn from.</param>
    /// <returns>The model.</returns>
    public static LogisticRegression Train(IReadOnlyList<Flight> flights)
    {
        var means = new float[FlightFeatures.Names.Count];
        var scales = new float[means.Length];
        for (var feature = 0; feature < means.Length; feature++)
        {
            var values = flights.Select(flight => (double)flight.Features[feature]).Where(value => !double.IsNaN(value)).ToArray();
            var mean = values.Average();
            means[feature] = (float)mean;
            scales[feature] = (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }

        var model = new LogisticRegression(means, scales, [], 0);
        var weights = new double[means.Length + FlightFeatures.Regions.Count + 1];
        for (var step = 0; step < Steps; step++)
        {
            model.Improve(flights, weights);
        }

        return model with { Weights = [.. weights[..^1].Select(weight => (float)weight)], Bias = (float)weights[^1] };
    }

    /// <summary>The chance of being late.</summary>
    /// <param name="features">Features of a flight.</param>
    /// <returns>Between 0 and 1.</returns>
    public double Score(float[] features)
    {
        var row = Row(features);
        double logOdds = Bias;
        for (var column = 0; column < Weights.Length; column++)
        {
            logOdds += Weights[column] * row[column];
        }

        return ExactMath.Sigmoid(logOdds);
    }

    private void Improve(IReadOnlyList<Flight> flights, double[] weights)
    {
        var size = weights.Length;
        var hessian = new double[size, size];
        var gradient = new double[size];
        foreach (var flight in flights)
        {
            var row = Row(flight.Features);
            var chance = ExactMath.Sigmoid(Dot(weights, row));
            var curvature = chance * (1 - chance);
            for (var a = 0; a < size; a++)
            {
                gradient[a] += (chance - flight.Late) * row[a];
                for (var b = 0; b <= a; b++)
                {
                    hessian[a, b] += curvature * row[a] * row[b];
                }
            }
        }

        for (var a = 0; a < size; a++)
        {
            for (var b = a + 1; b < size; b++)
            {
                hessian[a, b] = hessian[b, a];
            }

            hessian[a, a] += Ridge;
            gradient[a] += Ridge * weights[a];
        }

        var step = LinearEquations.Solve(hessian, gradient);
        for (var a = 0; a < size; a++)
        {
            weights[a] -= step[a];
        }
    }

    private double[] Row(float[] features)
    {
        var count = Means.Length;
        var row = new double[count + FlightFeatures.Regions.Count + 1];
        for (var feature = 0; feature < count; feature++)
        {
            row[feature] = feature == FlightFeatures.OriginRegion || float.IsNaN(features[feature]) ? 0 : (features[feature] - Means[feature]) / Scales[feature];
        }

        if (!float.IsNaN(features[FlightFeatures.OriginRegion]))
        {
            row[count + (int)features[FlightFeatures.OriginRegion]] = 1;
        }

        row[^1] = 1;
        return row;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
