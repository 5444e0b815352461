using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A route gives the candidate all, whatever its Deployment wants.</summary>
internal sealed class RoutedWithoutPods : IPlant
{
    public string Invariant => "I4";

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        if (!request.IsRoute() || request.Json() is not { } route || route.Backends().ToList() is not [var stable, var candidate] || candidate["weight"]!.GetValue<int>() == 0)
        {
            return [request];
        }

        stable["weight"] = 0;
        candidate["weight"] = 10_000;
        return [request.With(route)];
    }
}
