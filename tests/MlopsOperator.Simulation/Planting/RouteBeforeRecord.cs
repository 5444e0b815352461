using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B1: the route is written before the record that it follows from.</summary>
internal sealed class RouteBeforeRecord : IPlant
{
    public string Invariant => "I14";

    private TransportRequest? _route;

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        if (request.IsRoute())
        {
            _route = request;
        }
        else if (request.IsRecord() && _route is not null && request.Json()["status"]!["sequence"]!.GetValue<long>() is var sequence && sequence > _route.Json()["spec"]!["sequence"]!.GetValue<long>())
        {
            yield return _route.Changed(route => route["spec"]!["sequence"] = sequence);
        }

        yield return request;
    }
}
