using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>The creation of a rollout like one that is there, with the next number.</summary>
internal static class NextRollout
{
    public static TransportRequest Of(JsonObject record)
    {
        var number = record.Number() + 1;
        var next = record.DeepClone().AsObject();
        next.Remove("status");
        next["spec"]!["number"] = number;
        next["metadata"] = new JsonObject
        {
            ["name"] = FormattableString.Invariant($"{(string?)record["spec"]!["deployment"]}-{number}"),
            ["namespace"] = "prod",
            ["labels"] = record["metadata"]!["labels"]?.DeepClone(),
            ["ownerReferences"] = record["metadata"]!["ownerReferences"]!.DeepClone(),
        };
        return new TransportRequest("POST", Requests.Path("modelrollouts"), JsonSerializer.SerializeToUtf8Bytes(next));
    }
}
