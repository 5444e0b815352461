namespace MlopsOperator.DevCluster.Controllers.GarbageCollection;

/// <summary>Who owns whom, by UID, as the watches told.</summary>
internal sealed class OwnershipGraph
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> dependents = new(StringComparer.Ordinal);

    /// <summary>Takes a change in; the UIDs that have to be looked at because of it.</summary>
    public IReadOnlyList<string> Apply(ResourceId resource, ClusterChange change)
    {
        var uid = change.Object.Uid();
        var owners = change.Object.Child("metadata").Items("ownerReferences").Select(owner => owner.Text("uid") ?? "").ToList();
        lock (gate)
        {
            var before = entries.GetValueOrDefault(uid);
            foreach (var owner in before?.Owners ?? [])
            {
                if (dependents.TryGetValue(owner, out var set) && set.Remove(uid) && set.Count == 0)
                {
                    dependents.Remove(owner);
                }
            }

            if (change.Type is "DELETED")
            {
                entries.Remove(uid);

                // Those it owned may be garbage now; those that own it may have waited for it.
                return [.. DependentsOf(uid), .. owners];
            }

            entries[uid] = new Entry(resource, change.Object.Namespace(), change.Object.Name(), owners);
            foreach (var owner in owners)
            {
                if (!dependents.TryGetValue(owner, out var set))
                {
                    dependents[owner] = set = new HashSet<string>(StringComparer.Ordinal);
                }

                set.Add(uid);
            }

            // An owner that waits for its dependents has to know when one lets go of it.
            var released = (before?.Owners ?? []).Except(owners, StringComparer.Ordinal);
            return owners.Count > 0 || change.Object.IsBeingDeleted() ? [uid, .. released] : [.. released];
        }
    }

    /// <summary>What is known of a UID, or null.</summary>
    public Entry? Find(string uid)
    {
        lock (gate)
        {
            return entries.GetValueOrDefault(uid);
        }
    }

    /// <summary>Objects that name this UID as an owner.</summary>
    public IReadOnlyList<string> Dependents(string uid)
    {
        lock (gate)
        {
            return DependentsOf(uid);
        }
    }

    private List<string> DependentsOf(string uid) => dependents.TryGetValue(uid, out var set) ? [.. set.Order(StringComparer.Ordinal)] : [];

    /// <param name="Resource">Resource of the object.</param>
    /// <param name="Namespace">Its namespace, or null.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Owners">UIDs of its owners.</param>
    internal sealed record Entry(ResourceId Resource, string? Namespace, string Name, IReadOnlyList<string> Owners);
}
