using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I17. Older rollouts have no traffic to decide about any more: they drain, or bake until the newer one takes over.</summary>
internal sealed class OneUnfinishedRollout : IInvariant
{
    public string Id => "I17";

    public string Text => "A deployment has one unfinished rollout; older ones only drain";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs(StoreModel.Rollouts) || write.Before is not null)
        {
            return null;
        }

        // Looked at when a rollout is created: that is the write that makes others old.
        return store.RolloutsOf(write.Namespace, write.After.OwnerUid())
            .Where(other => !string.Equals(other.TextAt("metadata", "name"), write.Name, StringComparison.Ordinal))
            .Where(other => !other.IsFinal() && other.Phase() is not ("RollingBack" or "Retiring" or "Baking"))
            .Select(other => $"{write.Name} was created while {other.TextAt("metadata", "name")} is {other.Phase()}")
            .FirstOrDefault();
    }
}
