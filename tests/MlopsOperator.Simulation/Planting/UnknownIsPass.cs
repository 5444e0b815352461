using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B2: what is not known counts as passed.</summary>
internal sealed class UnknownIsPass : IPlant
{
    public string Invariant => "I21";

    public Func<ReleaseWorld, Task> Story => PlantStories.Silent;

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsRecord() ? [request.Changed(Pass)] : [request];

    private static void Pass(JsonObject record)
    {
        foreach (var verdict in (record["status"]?["verdicts"] as JsonArray ?? []).Where(verdict => (string?)verdict!["state"] is "Unknown"))
        {
            verdict!["state"] = "Pass";
        }
    }
}
