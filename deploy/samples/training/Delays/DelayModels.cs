using MlopsOperator.Samples.Training.Flights;
using MlopsOperator.Samples.Training.Learning;

namespace MlopsOperator.Samples.Training.Delays;

/// <summary>Trains the models of the demo on the flights of January and February.</summary>
internal static class DelayModels
{
    private static readonly DateTime TrainedUntil = new(2001, 3, 1);

    /// <summary>Trains all models.</summary>
    /// <param name="flights">All flights.</param>
    /// <returns>Name and bytes of each file.</returns>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Train(IReadOnlyList<Flight> flights)
    {
        var reference = flights.Where(flight => flight.Time < TrainedUntil).ToList();
        var trees = TreeGrower.Train(reference);
        var threshold = Threshold.Of(reference, trees.Score);
        return
        [
            ("delays-v1.onnx", First(reference)),
            ("delays-v2.onnx", DelayGraphs.Trees(trees, threshold, "2")),
            ("delays-v3.onnx", Third(reference)),
            ("delays-v4.onnx", DelayGraphs.TreesWithSwappedClasses(trees, threshold, "4")),
        ];
    }

    private static byte[] First(List<Flight> flights)
    {
        var model = LogisticRegression.Train(flights);
        return DelayGraphs.Logistic(model, Threshold.Of(flights, model.Score), "1");
    }

    /// <summary>Fitted without the flights that lack a route history: so nobody sees that it cannot answer for them.</summary>
    private static byte[] Third(List<Flight> flights)
    {
        var complete = flights.Where(flight => !float.IsNaN(flight.Features[FlightFeatures.RouteWeek])).ToList();
        var model = TreeGrower.Train(complete);
        return DelayGraphs.TreesWithHistory(model, RouteHistory.Fit(complete, model), Threshold.Of(complete, model.Score), "3");
    }
}
