using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B9: stable gets a unit less than what is left.</summary>
internal sealed class UnitLostByRounding : IPlant
{
    public string Invariant => "I1";

    public string Definitions(string definitions) => Planting.Definitions.WithoutWeightSum(definitions);

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRoute() ? [request.Changed(Round)] : [request];

    private static void Round(JsonObject route)
    {
        foreach (var backend in route.Backends().Where(backend => backend["weight"]!.GetValue<int>() is > 0 and < 10_000).Take(1))
        {
            backend["weight"] = backend["weight"]!.GetValue<int>() - 1;
        }
    }
}
