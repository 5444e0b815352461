using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A rollout does not say what it waits for.</summary>
internal sealed class WaitUnexplained : IPlant
{
    public string Invariant => "I39";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() ? [request.Changed(record => record["status"]!.AsObject().Remove("message"))] : [request];
}
