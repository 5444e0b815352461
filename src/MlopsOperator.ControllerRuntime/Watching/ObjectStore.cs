using System.Text.Json;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>
/// The objects of a kind, as bytes. A state that cannot be decoded leaves the last good one in place and harms nothing else.
/// One reflector writes, anyone reads.
/// </summary>
internal sealed class ObjectStore<T> : IObjectCache<T>, IReflectedStore, IWatchedVersions
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ObjectKey, StoredObject> _objects = [];
    private readonly ResourceType _type = ResourceType.For<T>();
    private readonly TaskCompletionSource _synced = new();
    private readonly List<Action<ObjectChange<T>>> _listeners = [];
    private readonly List<Action<RawObject, bool>> _stateListeners = [];
    private readonly StoreFailures _failures;
    private readonly ObjectIndexes<T> _indexes;
    private readonly bool _optional;
    private string _reached = string.Empty;

    public ObjectStore(CacheOptions<T> options, StoreFailures failures)
    {
        _failures = failures;
        _indexes = new ObjectIndexes<T>(options.Indexes, failures);
        _optional = options.Optional;
    }

    public string Kind => _type.Kind;

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public Task Synced => _synced.Task;

    /// <summary>Calls back after each change, on the reflector's loop. Before the reflectors start.</summary>
    public void Listen(Action<ObjectChange<T>> listener) => _listeners.Add(listener);

    /// <summary>Calls back with each new state, and whether it can be decoded, as <see cref="Listen"/> does.</summary>
    public void ListenToStates(Action<RawObject, bool> listener) => _stateListeners.Add(listener);

    /// <summary>The newest state of an object, which need not be one that can be decoded.</summary>
    public RawObject? Newest(ObjectKey key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key)?.Newest;
        }
    }

    /// <summary>The metadata of an object's newest state where that cannot be decoded; null where it can, and where not even its metadata can.</summary>
    public V1ObjectMeta? MetadataOfUndecodable(ObjectKey key)
    {
        StoredObject? stored;
        lock (_lock)
        {
            stored = _objects.GetValueOrDefault(key);
        }

        if (stored is null || ReferenceEquals(stored.Newest, stored.Good))
        {
            return null;
        }

        try
        {
            return KubernetesSerializer.Deserialize<ObjectMetadata>(stored.Newest.Json.Span).Metadata;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public T? Get(string? @namespace, string name)
    {
        RawObject? good;
        lock (_lock)
        {
            good = _objects.GetValueOrDefault(new ObjectKey(@namespace, name))?.Good;
        }

        return good?.Decode<T>(_type);
    }

    public IReadOnlyList<T> List(string? @namespace = null)
    {
        List<RawObject> found;
        lock (_lock)
        {
            found = [.. from entry in _objects
                        where @namespace is null || string.Equals(entry.Key.Namespace, @namespace, StringComparison.Ordinal)
                        where entry.Value.Good is not null
                        select entry.Value.Good];
        }

        return [.. found.Select(raw => raw.Decode<T>(_type))];
    }

    public IReadOnlyList<T> ByIndex(string index, string key)
    {
        List<RawObject> found;
        lock (_lock)
        {
            found = [.. _indexes.Find(index, key).Select(at => _objects[at].Good!)];
        }

        return [.. found.Select(raw => raw.Decode<T>(_type))];
    }

    public bool Contains(ObjectKey key)
    {
        lock (_lock)
        {
            return _objects.ContainsKey(key);
        }
    }

    public IReadOnlyList<ObjectKey> Keys()
    {
        lock (_lock)
        {
            return [.. _objects.Keys];
        }
    }

    public bool HasReached(ObjectKey key, string resourceVersion)
    {
        lock (_lock)
        {
            return ResourceVersions.HasReached(_reached, resourceVersion)
                || (_objects.TryGetValue(key, out var stored) && ResourceVersions.HasReached(stored.Newest.ResourceVersion, resourceVersion));
        }
    }

    public void Replace(IReadOnlyList<RawObject> items, string resourceVersion)
    {
        var listed = items.Select(item => item.Key).ToHashSet();
        foreach (var gone in Keys().Where(key => !listed.Contains(key)))
        {
            Drop(gone);
        }

        foreach (var item in items.OrderBy(item => item.Key))
        {
            Put(item);
        }

        lock (_lock)
        {
            // A list may be newer than all that came before it, or (after a restore of the server) older: it counts as it is.
            _reached = resourceVersion;
        }

        _synced.TrySetResult();
    }

    public int CountDifferences(IReadOnlyList<RawObject> items, string watched)
    {
        lock (_lock)
        {
            var listed = items.Select(item => item.Key).ToHashSet();
            var gone = _objects.Count(entry => !listed.Contains(entry.Key));
            return gone + items.Count(item => item.ResourceVersion is { } version
                && ResourceVersions.HasReached(watched, version)
                && !string.Equals(_objects.GetValueOrDefault(item.Key)?.Newest.ResourceVersion, version, StringComparison.Ordinal));
        }
    }

    public void Upsert(RawObject item)
    {
        Put(item);
        Reach(item.ResourceVersion ?? string.Empty);
    }

    public void Remove(RawObject item)
    {
        Drop(item.Key);
        Reach(item.ResourceVersion ?? string.Empty);
    }

    public void Reach(string resourceVersion)
    {
        lock (_lock)
        {
            if (ResourceVersions.Compare(resourceVersion, _reached) > 0)
            {
                _reached = resourceVersion;
            }
        }
    }

    public bool KindIsMissing()
    {
        if (_optional)
        {
            _synced.TrySetResult();
        }

        return _optional;
    }

    private void Put(RawObject item)
    {
        StoredObject? before;
        lock (_lock)
        {
            before = _objects.GetValueOrDefault(item.Key);
        }

        if (before is not null && string.Equals(before.Newest.Uid, item.Uid, StringComparison.Ordinal))
        {
            if (string.Equals(before.Newest.ResourceVersion, item.ResourceVersion, StringComparison.Ordinal))
            {
                return;
            }
        }
        else if (before is not null)
        {
            // Deleted and created again while nobody looked.
            Drop(item.Key);
            before = null;
        }

        var decoded = TryDecode(item, isFirst: before is null || ReferenceEquals(before.Newest, before.Good));
        var good = decoded is null ? before?.Good : item;
        var keys = decoded is null ? null : _indexes.KeysOf(decoded);
        lock (_lock)
        {
            _objects[item.Key] = new StoredObject(item, good);
            if (keys is not null)
            {
                _indexes.Set(item.Key, keys);
            }
        }

        foreach (var listener in _stateListeners)
        {
            listener(item, decoded is not null);
        }

        if (decoded is not null)
        {
            Tell(new ObjectChange<T>(_type, before?.Good, item, decoded, isFirstList: !HasSynced));
        }
    }

    private void Drop(ObjectKey key)
    {
        StoredObject? gone;
        lock (_lock)
        {
            if (!_objects.Remove(key, out gone))
            {
                return;
            }

            _indexes.Remove(key);
        }

        if (gone.Good is not null)
        {
            Tell(new ObjectChange<T>(_type, gone.Good, newRaw: null, decodedNew: null));
        }
    }

    private T? TryDecode(RawObject item, bool isFirst)
    {
        try
        {
            return item.Decode<T>(_type);
        }
        catch (JsonException exception)
        {
            _failures.Undecodable<T>(_type, item, exception, isFirst);
            return null;
        }
    }

    private void Tell(ObjectChange<T> change)
    {
        foreach (var listener in _listeners)
        {
            listener(change);
        }
    }
}
