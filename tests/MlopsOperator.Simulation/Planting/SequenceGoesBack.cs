using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A route is written at a sequence that it has left.</summary>
internal sealed class SequenceGoesBack : IPlant
{
    public string Invariant => "I12";

    public string Definitions(string definitions) => Planting.Definitions.WithoutRisingSequence(definitions);

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRoute() && request.Json()["spec"]!["sequence"]!.GetValue<long>() >= 3
        ? [request.Changed(route => route["spec"]!["sequence"] = 1)]
        : [request];
}
