using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>What a cache holds, and by what its objects can be found.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class CacheOptions<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Dictionary<string, Func<T, IEnumerable<string>>> _indexes = new(StringComparer.Ordinal);

    /// <summary>Only objects that match this label selector; all when null.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>Only objects of this namespace; the operator's namespace setting when null, which by default means all.</summary>
    public string? Namespace { get; set; }

    /// <summary>The kind may be unknown to the server: then the cache is empty, nothing waits for it, and it is filled once the kind appears. Default false.</summary>
    public bool Optional { get; set; }

    internal IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> Indexes => _indexes;

    /// <summary>Declares an index for <see cref="IObjectCache{T}.ByIndex"/>.</summary>
    /// <param name="name">Name of the index.</param>
    /// <param name="values">Values under which an object is found. Must not change the object.</param>
    public CacheOptions<T> Index(string name, Func<T, IEnumerable<string>> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        _indexes[name] = values;
        return this;
    }
}
