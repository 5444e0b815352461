using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A candidate gets all at once, whatever pods it has.</summary>
internal sealed class RaisedWithoutPods : IPlant
{
    public string Invariant => "I3";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() && request.Json() is var record && (int?)record["status"]!["weights"]?["candidate"] is > 0 and < 10_000
        ? [request.Changed(changed => changed.Weigh(10_000))]
        : [request];
}
