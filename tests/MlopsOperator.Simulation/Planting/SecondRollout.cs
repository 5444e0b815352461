using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A rollout is begun while another is going on.</summary>
internal sealed class SecondRollout : IPlant
{
    public string Invariant => "I17";

    private bool _done;

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (_done || !request.IsRecord() || request.Json() is not { } record || record.Number() < 2 || record.Phase() is not "Progressing")
        {
            return null;
        }

        _done = true;
        return NextRollout.Of(record);
    }
}
