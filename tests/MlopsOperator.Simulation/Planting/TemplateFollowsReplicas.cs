using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>The pod template has a part that changes with the size.</summary>
internal sealed class TemplateFollowsReplicas : IPlant
{
    public string Invariant => "I29";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsChild()
        ? [request.Changed(child => child["spec"]!["template"]!["metadata"]!["annotations"] = new JsonObject { ["size"] = child["spec"]!["replicas"]!.ToJsonString() })]
        : [request];
}
