using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A route gives weight to a Service that has no pods.</summary>
internal sealed class WeightWithoutEndpoint : IPlant
{
    public string Invariant => "I2";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRoute()
        ? [request.Changed(route => route.Backends().Last()["service"] = route.Backends().Count() > 1 ? "delays-nobody" : (string?)route.Backends().Last()["service"])]
        : [request];
}
