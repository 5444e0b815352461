using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A deletion names no UID: it may hit what has taken the name since.</summary>
internal sealed class DeletedByName : IPlant
{
    public string Invariant => "I35";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.Method is "DELETE" ? [request.Changed(options => options.Remove("preconditions"))] : [request];
}
