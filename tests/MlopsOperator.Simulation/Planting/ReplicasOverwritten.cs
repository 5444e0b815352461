using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B15: the replicas that were wanted first are written over those that an autoscaler or a user wants now.</summary>
internal sealed class ReplicasOverwritten : IPlant
{
    public string Invariant => "I27";

    public Func<ReleaseWorld, Task> Story => PlantStories.Scaled;

    private readonly Dictionary<string, int> _first = new(StringComparer.Ordinal);

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (!request.IsChild())
        {
            return null;
        }

        var body = request.Json();
        var name = body["metadata"]!["name"]!.GetValue<string>();
        if (_first.TryAdd(name, body["spec"]!["replicas"]!.GetValue<int>()))
        {
            return null;
        }

        body["spec"]!["replicas"] = _first[name];
        return request.With(body);
    }
}
