using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B8: a weight of zero is left out.</summary>
internal sealed class ZeroWeightOmitted : IPlant
{
    public string Invariant => "I1";

    public string Definitions(string definitions) => Planting.Definitions.WithoutWeightSum(definitions);

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRoute() ? [request.Changed(Omit)] : [request];

    private static void Omit(JsonObject route)
    {
        foreach (var backend in route.Backends().Where(backend => backend["weight"]!.GetValue<int>() == 0))
        {
            backend.Remove("weight");
        }
    }
}
