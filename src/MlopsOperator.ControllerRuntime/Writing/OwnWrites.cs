using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>
/// Remembers the resourceVersion that each of the operator's own writes returned, until the cache of that kind has reached it:
/// a decision must not rest on a cache older than the operator's last write. Safe for parallel use.
/// </summary>
public sealed class OwnWrites(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceType, IWatchedVersions> _caches = [];
    private readonly Dictionary<(ResourceType Kind, ObjectKey Key), (string Version, long Since)> _awaited = [];

    /// <summary>
    /// Whether the cache of <typeparamref name="T"/> shows the operator's own last write of this object. True where nothing was
    /// written, where the kind is not cached, and after 30 seconds, when waiting on has no use: read the object at the API server then.
    /// </summary>
    public bool CacheHasCaughtUp<T>(string? @namespace, string name)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        Check(ResourceType.For<T>(), new ObjectKey(@namespace, name)) != OwnWriteState.Waiting;

    internal void AddCache(ResourceType kind, IWatchedVersions cache)
    {
        lock (_lock)
        {
            _caches[kind] = cache;
        }
    }

    internal void Record(ResourceType kind, ObjectKey key, string? resourceVersion)
    {
        lock (_lock)
        {
            if (string.IsNullOrEmpty(resourceVersion) || !_caches.ContainsKey(kind))
            {
                return;
            }

            if (_awaited.Count >= Limits.AwaitedWrites)
            {
                _awaited.Remove(_awaited.Keys.First());
            }

            if (!_awaited.TryGetValue((kind, key), out var known) || ResourceVersions.Compare(resourceVersion, known.Version) > 0)
            {
                _awaited[(kind, key)] = (resourceVersion, time.GetTimestamp());
            }
        }
    }

    internal OwnWriteState Check(ResourceType kind, ObjectKey key)
    {
        (string Version, long Since) awaited;
        IWatchedVersions cache;
        lock (_lock)
        {
            if (!_awaited.TryGetValue((kind, key), out awaited))
            {
                return OwnWriteState.CaughtUp;
            }

            cache = _caches[kind];
        }

        var state = cache.HasReached(key, awaited.Version) ? OwnWriteState.CaughtUp
            : time.GetElapsedTime(awaited.Since) >= Limits.OwnWriteWait ? OwnWriteState.Overdue
            : OwnWriteState.Waiting;
        if (state == OwnWriteState.CaughtUp)
        {
            Forget(kind, key, awaited.Version);
        }

        return state;
    }

    private void Forget(ResourceType kind, ObjectKey key, string version)
    {
        lock (_lock)
        {
            if (_awaited.TryGetValue((kind, key), out var current) && string.Equals(current.Version, version, StringComparison.Ordinal))
            {
                _awaited.Remove((kind, key));
            }
        }
    }
}
