using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I19.</summary>
internal sealed class RejectedNotRetried : IInvariant
{
    public string Id => "I19";

    public string Text => "No rollout goes to a rejected revision, unless the rejecting rollout was released";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs(StoreModel.Rollouts) || write.Before is not null)
        {
            return null;
        }

        // The last rollout to a revision says whether it is rejected.
        var last = store.RolloutsOf(write.Namespace, write.After.OwnerUid())
            .Where(other => !string.Equals(other.TextAt("metadata", "name"), write.Name, StringComparison.Ordinal))
            .LastOrDefault(other => string.Equals(other.TextAt("spec", "to", "revision"), write.After.TextAt("spec", "to", "revision"), StringComparison.Ordinal));
        var rejects = last?.Phase() is "RolledBack" && last.TextAt("status", "reason") is "Failed" or "TestFailed" or "DeadlineExceeded" or "Aborted"
            && last.At("spec", "released")?.GetValue<bool>() != true;
        return rejects ? $"{write.Name} tries again what {last.TextAt("metadata", "name")} rejected" : null;
    }
}
