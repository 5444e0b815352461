using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B19: a status tells a time that moves.</summary>
internal sealed class StatusTicks : IPlant
{
    public string Invariant => "I38";

    public Func<ReleaseWorld, Task> Story => PlantStories.Quiet;

    private int _tick;

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsDeploymentStatus()
        ? [request.Changed(deployment => deployment["status"]!["columns"]!["weight"] = FormattableString.Invariant($"{++_tick} s"))]
        : [request];
}
