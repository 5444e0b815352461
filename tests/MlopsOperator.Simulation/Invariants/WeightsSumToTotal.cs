using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I1.</summary>
internal sealed class WeightsSumToTotal : IInvariant
{
    public string Id => "I1";

    public string Text => "Weights are written, are not negative and sum to 10,000";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Leaves(StoreModel.Routes))
        {
            return Wrong([.. write.After.ItemsAt("spec", "backends").Select(backend => backend.NumberAt("weight"))], write.After.At("spec", "backends"));
        }

        return write.Leaves(StoreModel.Rollouts) && write.After.At("status", "weights") is { } weights
            ? Wrong([weights.NumberAt("stable"), weights.NumberAt("candidate")], weights)
            : null;
    }

    private static string? Wrong(IReadOnlyList<double?> weights, JsonNode? node) =>
        weights.Any(weight => weight is null or < 0) || weights.Sum() is not 10_000 ? $"weights {node?.ToJsonString()}" : null;
}
