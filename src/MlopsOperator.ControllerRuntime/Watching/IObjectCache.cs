using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Read-only view of all watched objects of a kind. It lags behind the API server. What it hands out are private copies.</summary>
/// <typeparam name="T">The kind.</typeparam>
public interface IObjectCache<out T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Whether the first list is complete.</summary>
    bool HasSynced { get; }

    /// <summary>The object, or null.</summary>
    T? Get(string? @namespace, string name);

    /// <summary>All objects, of a namespace or of all, sorted by namespace and name.</summary>
    IReadOnlyList<T> List(string? @namespace = null);

    /// <summary>Objects under a key of an index that was declared with the watch, sorted by namespace and name.</summary>
    IReadOnlyList<T> ByIndex(string index, string key);
}
