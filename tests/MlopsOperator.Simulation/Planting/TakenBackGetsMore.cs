using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A candidate that is taken back gets its weight again.</summary>
internal sealed class TakenBackGetsMore : IPlant
{
    public string Invariant => "I8";

    public Func<ReleaseWorld, Task> Story => PlantStories.Bad;

    private bool _began;

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        if (!request.IsRecord() || request.Json().Phase() is not "RollingBack")
        {
            return [request];
        }

        var first = !_began;
        _began = true;
        return first ? [request] : [request.Changed(record => record.Weigh(1000))];
    }
}
