using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>
/// All objects of the cluster under one revision counter. Whoever reads and then writes holds <see cref="Gate"/> from the read to the write;
/// single calls take it themselves.
/// </summary>
internal sealed class ObjectStore(int eventsKept)
{
    /// <summary>The revision before the first write, so that old and small ones are distinguishable.</summary>
    private const long FirstRevision = 100;

    /// <summary>There are more of them than of all other objects, and next to nobody reads them.</summary>
    private const string Events = "events";

    private readonly Dictionary<string, KindStore> kinds = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    /// <summary>The newest revision.</summary>
    public long Revision { get; private set; } = FirstRevision;

    /// <summary>Called under the gate after each write.</summary>
    public Action<string, StoreEvent>? Written { get; set; }

    public static string Key(string? @namespace, string name) => string.IsNullOrEmpty(@namespace) ? name : $"{@namespace}/{name}";

    /// <summary>The store of a kind, by its storage name such as deployments.apps.</summary>
    public KindStore Kind(string storage)
    {
        lock (Gate)
        {
            if (!kinds.TryGetValue(storage, out var found))
            {
                kinds[storage] = found = new KindStore(FirstRevision, eventsKept);
            }

            return found;
        }
    }

    /// <summary>Forgets a kind and begins its history anew: watches from before are too old.</summary>
    public void Reset(string storage)
    {
        lock (Gate)
        {
            if (kinds.TryGetValue(storage, out var old))
            {
                foreach (var subscription in old.Subscriptions)
                {
                    subscription.Complete();
                }
            }

            kinds[storage] = new KindStore(Revision, eventsKept);
        }
    }

    public StoredObject? Get(string storage, string? @namespace, string name)
    {
        lock (Gate)
        {
            return Kind(storage).Objects.GetValueOrDefault(Key(@namespace, name));
        }
    }

    /// <summary>Objects of a namespace, or of all, by key, and the revision of the list.</summary>
    public (long Revision, IReadOnlyList<StoredObject> Objects) List(string storage, string? @namespace)
    {
        lock (Gate)
        {
            var objects = Kind(storage).Objects.Values;
            return (Revision, string.IsNullOrEmpty(@namespace)
                ? [.. objects]
                : [.. objects.Where(o => string.Equals(o.Namespace, @namespace, StringComparison.Ordinal))]);
        }
    }

    /// <summary>Creates or replaces; sets resourceVersion. The content must not be changed afterwards.</summary>
    public StoredObject Put(string storage, JsonObject content)
    {
        lock (Gate)
        {
            var kind = Kind(storage);
            var key = Key(content.Text("metadata", "namespace"), content.Text("metadata", "name")!);
            var previous = kind.Objects.GetValueOrDefault(key);
            var stored = new StoredObject(key, ++Revision, Stamp(content));
            kind.Objects[key] = stored;
            Append(storage, kind, new StoreEvent(previous is null ? StoreEvent.Added : StoreEvent.Modified, stored, previous));
            previous?.KeepBytesOnly();
            if (storage is Events)
            {
                stored.KeepBytesOnly();
            }

            return stored;
        }
    }

    public StoredObject Delete(string storage, StoredObject present)
    {
        lock (Gate)
        {
            var kind = Kind(storage);
            kind.Objects.Remove(present.Key);
            Revision++;
            var last = new StoredObject(present.Key, Revision, Stamp(present.Copy()));
            Append(storage, kind, new StoreEvent(StoreEvent.Deleted, last, present));
            present.KeepBytesOnly();
            last.KeepBytesOnly();
            return last;
        }
    }

    /// <summary>Events still to be delivered to any watcher.</summary>
    public int Undelivered()
    {
        lock (Gate)
        {
            return kinds.Values.Sum(kind => kind.Subscriptions.Sum(subscription => subscription.Undelivered));
        }
    }

    /// <summary>Forgets all past events: watches from an older revision get 410.</summary>
    public void Compact()
    {
        lock (Gate)
        {
            foreach (var kind in kinds.Values)
            {
                kind.Compact(Revision);
            }
        }
    }

    private JsonObject Stamp(JsonObject content)
    {
        content.Metadata()["resourceVersion"] = Revision.ToString(CultureInfo.InvariantCulture);
        return content;
    }

    private void Append(string storage, KindStore kind, StoreEvent change)
    {
        // First those who must know at once: a watcher that hears of a definition may ask for its kind in the same moment.
        Written?.Invoke(storage, change);
        kind.Append(change);
    }
}
