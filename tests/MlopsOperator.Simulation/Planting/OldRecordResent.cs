using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B12: an old record is sent again with the newest resourceVersion.</summary>
internal sealed class OldRecordResent : IPlant
{
    public string Invariant => "I16";

    private TransportRequest? _old;

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (!request.IsRecord() || answer.Status is not 200)
        {
            return null;
        }

        var phase = request.Json().Phase();
        _old = phase is "Preparing" ? request : _old;
        return phase is "Progressing" ? _old?.On(answer) : null;
    }
}
