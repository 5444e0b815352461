using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Where a score becomes a label.</summary>
internal static class Threshold
{
    /// <summary>The score above which as many flights lie as were late.</summary>
    /// <param name="flights">The flights that were learnt from.</param>
    /// <param name="score">The model.</param>
    /// <returns>The middle between two scores.</returns>
    public static double Of(IReadOnlyList<Flight> flights, Func<float[], double> score)
    {
        var scores = flights.Select(flight => score(flight.Features)).OrderDescending().ToArray();
        var late = flights.Sum(flight => flight.Late);
        return (scores[late - 1] + scores[late]) / 2;
    }
}
