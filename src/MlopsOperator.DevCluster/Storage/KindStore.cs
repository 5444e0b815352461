namespace MlopsOperator.DevCluster.Storage;

/// <summary>The objects of one kind, and its past events as far as they are kept. Guarded by the gate of <see cref="ObjectStore"/>.</summary>
internal sealed class KindStore(long since, int eventsKept)
{
    private readonly Queue<StoreEvent> events = new();
    private readonly List<Subscription> subscriptions = [];

    public SortedDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Changes up to this revision are no longer known.</summary>
    public long Compacted { get; private set; } = since;

    public IReadOnlyCollection<StoreEvent> Events => events;

    public IReadOnlyList<Subscription> Subscriptions => subscriptions;

    public void Append(StoreEvent change)
    {
        events.Enqueue(change);
        while (events.Count > eventsKept)
        {
            Compacted = events.Dequeue().Object.Revision;
        }

        foreach (var subscription in subscriptions.ToArray())
        {
            if (!subscription.Offer(change))
            {
                subscriptions.Remove(subscription);
            }
        }
    }

    public void Compact(long revision)
    {
        events.Clear();
        Compacted = revision;
    }

    public void Add(Subscription subscription) => subscriptions.Add(subscription);

    public void Remove(Subscription subscription) => subscriptions.Remove(subscription);
}
