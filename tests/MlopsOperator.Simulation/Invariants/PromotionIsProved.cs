using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I20, for strategies that advance by proof, and rollouts that no person promoted. Looked at when Promoting begins: later blocks may say Unknown again.
/// The ratio guard of a metric binds only where <c>requireRatio</c> says so.
/// </summary>
internal sealed class PromotionIsProved : IInvariant
{
    public string Id => "I20";

    public string Text => "A promotion has Pass in its record for each required metric";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts)
            || write.After.Phase() is not "Promoting"
            || write.Before.Phase() is not "Progressing"
            || write.After.IsPromotedByPerson()
            || write.After.TextAt("spec", "strategy", "analysis", "advance") is "NotFailed")
        {
            return null;
        }

        var verdicts = write.After.ItemsAt("status", "verdicts").ToList();
        return write.After.ItemsAt("spec", "strategy", "analysis", "metrics")
            .Where(metric => metric.At("required")?.GetValue<bool>() == true)
            .Where(metric => verdicts.Where(verdict => Binds(metric, verdict.TextAt("metric"))).ToList() is var its && (its.Count == 0 || its.Any(verdict => verdict.TextAt("state") is not "Pass")))
            .Select(metric => $"{metric.TextAt("name")} has not passed: {write.After.At("status", "verdicts")?.ToJsonString()}")
            .FirstOrDefault();
    }

    private static bool Binds(JsonNode? metric, string? guard)
    {
        var name = metric.TextAt("name");
        return string.Equals(guard, name, StringComparison.Ordinal)
            || (guard?.StartsWith(name + ".", StringComparison.Ordinal) == true
                && (!guard.EndsWith(".ratio", StringComparison.Ordinal) || metric.At("errorRate", "requireRatio")?.GetValue<bool>() == true || metric.At("requireRatio")?.GetValue<bool>() == true));
    }
}
