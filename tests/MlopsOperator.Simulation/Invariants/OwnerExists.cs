using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I32. Looked at when an object is made, or its owners change: an owner may be deleted while its children are still there, and while a request to make one
/// is on its way. Where answers are late, what a run read before its first write is older than its last; garbage collection takes what it made.
/// </summary>
internal sealed class OwnerExists : IInvariant
{
    /// <summary>More than the longest delay of an answer in the weather.</summary>
    private static readonly TimeSpan SlowRun = TimeSpan.FromSeconds(10);

    public string Id => "I32";

    public string Text => "The owner of what the operator makes exists, in the same namespace";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs() || write.After is null || Fields.Same(write.Before.At("metadata", "ownerReferences"), write.After.At("metadata", "ownerReferences")))
        {
            return null;
        }

        var read = store.SentAt(write) - (store.IsSlow ? SlowRun : TimeSpan.Zero);
        return write.After.ItemsAt("metadata", "ownerReferences")
            .Where(owner => !store.Exists(write.Namespace, owner.TextAt("uid")) && !store.Existed(owner.TextAt("uid"), read))
            .Select(owner => $"nothing in {write.Namespace} has the UID of owner {owner.TextAt("kind")} {owner.TextAt("name")}")
            .FirstOrDefault();
    }
}
