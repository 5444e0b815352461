using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B7: a counter that went back is subtracted.</summary>
internal sealed class NegativeCount : IPlant
{
    public string Invariant => "I26";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() ? [request.Changed(Subtract)] : [request];

    private static void Subtract(JsonObject record)
    {
        foreach (var guard in record["status"]!["evidence"]?["judge"]?["guards"] as JsonArray ?? [])
        {
            guard!["candidate"]!["requests"] = -1;
        }
    }
}
