using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.Samples.Training.Learning;

/// <summary>What a route's last week adds to the log-odds, by decile.</summary>
/// <param name="Edges">Nine borders between the deciles.</param>
/// <param name="Table">Ten entries: none for a route without a history.</param>
internal sealed record RouteHistory(float[] Edges, float[] Table)
{
    /// <summary>Fits the table to what a model leaves over.</summary>
    /// <param name="flights">Flights that have a history.</param>
    /// <param name="model">The model.</param>
    /// <returns>The table.</returns>
    public static RouteHistory Fit(IReadOnlyList<Flight> flights, BoostedTrees model)
    {
        var weeks = flights.Select(flight => flight.Features[FlightFeatures.RouteWeek]).Order().ToArray();
        var edges = Enumerable.Range(1, 9).Select(decile => weeks[weeks.Length * decile / 10]).ToArray();
        var table = flights
            .GroupBy(flight => edges.Count(edge => flight.Features[FlightFeatures.RouteWeek] > edge))
            .OrderBy(decile => decile.Key)
            .Select(decile => Step([.. decile], model))
            .ToArray();
        return new RouteHistory(edges, table);
    }

    private static float Step(Flight[] flights, BoostedTrees model)
    {
        var scores = Array.ConvertAll(flights, flight => model.Score(flight.Features));
        double rest = 0;
        double curvature = 0;
        for (var index = 0; index < flights.Length; index++)
        {
            rest += flights[index].Late - scores[index];
            curvature += scores[index] * (1 - scores[index]);
        }

        return (float)(rest / (curvature + BoostingSettings.Lambda));
    }
}
