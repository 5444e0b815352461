using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B7: what gateways counted before is added once more.</summary>
internal sealed class CountedTwice : IPlant
{
    public string Invariant => "I25";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() ? [request.Changed(Add)] : [request];

    private static void Add(JsonObject record)
    {
        foreach (var guard in record["status"]!["evidence"]?["judge"]?["guards"] as JsonArray ?? [])
        {
            var seen = guard!["seenCandidate"]!;
            seen["requests"] = seen["requests"]!.GetValue<double>() * 2;
        }
    }
}
