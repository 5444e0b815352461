using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I38. Quiet is: every rollout has ended, and nobody but the operator has written for longer than the longest timer that starts by itself: sizes are kept
/// for five minutes after a rollout (rule 4), a contest ends after ten quiet ones. A deployment's baseline is saved while requests come, which is something to
/// do (rule 7); leases and events are not looked at.
/// </summary>
internal sealed class QuietWritesNothing : IInvariant
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(11);

    private TimeSpan _disturbed;

    public string Id => "I38";

    public string Text => "Nothing is written when there is nothing to do";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Resource.StartsWith("leases", StringComparison.Ordinal) || write.Resource.StartsWith("events", StringComparison.Ordinal))
        {
            return null;
        }

        if (!write.IsOurs() || store.All(StoreModel.Rollouts, write.Namespace).Any(rollout => !rollout.IsFinal()) || IsEnd(write))
        {
            _disturbed = store.Now;
            return null;
        }

        return store.Now - _disturbed > Settled && !OnlyBaseline(write) ? FormattableString.Invariant($"{write.Resource} {write.Name} was written {(store.Now - _disturbed).TotalSeconds:0} s after the last thing that happened") : null;
    }

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
