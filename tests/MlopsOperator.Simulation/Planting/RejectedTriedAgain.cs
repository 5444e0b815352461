using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B11: that a revision was rejected is forgotten.</summary>
internal sealed class RejectedTriedAgain : IPlant
{
    public string Invariant => "I19";

    public Func<ReleaseWorld, Task> Story => PlantStories.Bad;

    private bool _done;

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (_done || !request.IsRecord() || request.Json() is not { } record || record.Number() < 2 || record.Phase() is not "RolledBack")
        {
            return null;
        }

        _done = true;
        return NextRollout.Of(record);
    }
}
