using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A final record is opened again.</summary>
internal sealed class FinalPhaseReopened : IPlant
{
    public string Invariant => "I16";

    public TransportRequest? Again(TransportRequest request, TransportResponse answer) => request.IsRecord() && answer.Status is 200 && request.Json().Phase() is "Succeeded"
        ? request.Changed(record => record["status"]!["phase"] = "Progressing").On(answer)
        : null;
}
