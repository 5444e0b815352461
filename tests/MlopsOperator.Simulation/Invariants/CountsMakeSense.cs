using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I26: in verdicts, and in the totals of the evidence.</summary>
internal sealed class CountsMakeSense : IInvariant
{
    private static readonly string[] Arms = ["seenCandidate", "seenStable", "candidate", "stable"];

    public string Id => "I26";

    public string Text => "Counts of requests are finite and not negative, and errors are not more than requests";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts))
        {
            return null;
        }

        return write.After.ItemsAt("status", "verdicts").Where(verdict => !IsCount(verdict.NumberAt("samples"))).Select(verdict => $"verdict {verdict?.ToJsonString()}")
            .Concat(write.After.ItemsAt("status", "evidence", "judge", "guards").SelectMany(guard => Arms.Select(arm => guard.At(arm))).Where(arm => arm is not null && !IsSound(arm)).Select(arm => $"totals {arm!.ToJsonString()}"))
            .FirstOrDefault();
    }

    private static bool IsSound(JsonNode arm) =>
        IsCount(arm.NumberAt("requests")) && IsCount(arm.NumberAt("errors")) && IsCount(arm.NumberAt("blocks")) && arm.NumberAt("errors") <= arm.NumberAt("requests");

    private static bool IsCount(double? count) => count is { } number && double.IsFinite(number) && number >= 0;
}
