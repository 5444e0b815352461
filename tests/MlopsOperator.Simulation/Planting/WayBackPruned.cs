using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>The revision that a candidate is compared with is pruned.</summary>
internal sealed class WayBackPruned : IPlant
{
    public string Invariant => "I30";

    private bool _done;

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (_done || !request.IsRecord() || request.Json() is not { } record || record.Number() < 2 || record.Phase() is not "Progressing")
        {
            return null;
        }

        _done = true;
        return new TransportRequest("DELETE", $"/apis/apps/v1/namespaces/prod/controllerrevisions/{(string?)record["spec"]!["deployment"]}-{(string?)record["spec"]!["from"]!["revision"]}");
    }
}
