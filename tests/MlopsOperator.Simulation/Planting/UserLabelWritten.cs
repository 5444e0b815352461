using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A label is written on what a user wrote.</summary>
internal sealed class UserLabelWritten : IPlant
{
    public string Invariant => "I31";

    private bool _done;

    public TransportRequest? Again(TransportRequest request, TransportResponse answer)
    {
        if (_done || !request.IsDeploymentStatus())
        {
            return null;
        }

        _done = true;
        return Requests.MergePatch(Requests.Path("modeldeployments", "delays"), """{"metadata":{"labels":{"seen":"true"}}}""");
    }
}
