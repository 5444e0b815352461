using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I38. Quiet is: every rollout has ended, and nobody but the operator has written for a minute. A deployment's baseline is saved while requests come, which
/// is something to do (rule 7), and so is the size of what served before a rollout, which is kept for five minutes after it (rule 4); leases and events are
/// not looked at.
/// </summary>
internal sealed class QuietWritesNothing : IInvariant
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SizeIsKept = TimeSpan.FromMinutes(5);

    private TimeSpan _disturbed;

    public string Id => "I38";

    public string Text => "Nothing is written when there is nothing to do";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Resource.StartsWith("leases", StringComparison.Ordinal) || write.Resource.StartsWith("events", StringComparison.Ordinal))
        {
            return null;
        }

        if (!write.IsOurs() || store.All(StoreModel.Rollouts, write.Namespace).Any(rollout => !rollout.IsFinal()) || IsEnd(write) || ShrinksAsPromised(write, store))
        {
            _disturbed = store.Now;
            return null;
        }

        return store.Now - _disturbed > Settled && !OnlyBaseline(write) ? FormattableString.Invariant($"{write.Resource} {write.Name} was written {(store.Now - _disturbed).TotalSeconds:0} s after the last thing that happened") : null;
    }

    private bool ShrinksAsPromised(ClusterWrite write, StoreModel store) =>
        write.Leaves("deployments.apps")
        && store.Now - _disturbed >= SizeIsKept
        && write.After.At("spec", "replicas")?.GetValue<int>() < write.Before.At("spec", "replicas")?.GetValue<int>();

    private static bool IsEnd(ClusterWrite write) => write.Leaves(StoreModel.Rollouts) && write.After.IsFinal() && !write.Before.IsFinal();

    private static bool OnlyBaseline(ClusterWrite write)
    {
        if (!write.Leaves(StoreModel.ModelDeployments) || write.Before.At("status") is not JsonObject was || write.After.At("status") is not JsonObject now)
        {
            return false;
        }

        return now.All(field => field.Key is "baseline" || JsonNode.DeepEquals(field.Value, was[field.Key])) && was.All(field => field.Key is "baseline" || now.ContainsKey(field.Key));
    }
}
