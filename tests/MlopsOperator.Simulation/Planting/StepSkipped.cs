using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>The first step gives what the second should.</summary>
internal sealed class StepSkipped : IPlant
{
    public string Invariant => "I7";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() && request.Json()["status"]?["weights"]?["candidate"]?.GetValue<int>() == 1000
        ? [request.Changed(record => record.Weigh(5000))]
        : [request];
}
