using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.Operator.Tests.Deployments;

/// <summary>A cache that holds what a test puts in. Unlike the real one it hands out the objects themselves. Counts what it is asked for.</summary>
internal sealed class ListedCache<T> : IObjectCache<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Dictionary<string, Func<T, IEnumerable<string>>> _indexes = new(StringComparer.Ordinal);

    public List<T> Objects { get; } = [];

    public bool HasSynced { get; set; } = true;

    /// <summary>Objects handed out so far: what the real cache would have decoded.</summary>
    public int HandedOut { get; private set; }

    public ListedCache<T> With(params T[] objects)
    {
        Objects.AddRange(objects);
        return this;
    }

    public ListedCache<T> Index(string index, Func<T, IEnumerable<string>> keys)
    {
        _indexes[index] = keys;
        return this;
    }

    public T? Get(string? @namespace, string name) =>
        Count(Objects.Where(entity => entity.Metadata.NamespaceProperty == @namespace && entity.Metadata.Name == name)).FirstOrDefault();

    public IReadOnlyList<T> List(string? @namespace = null) => Count(Objects.Where(entity => @namespace is null || entity.Metadata.NamespaceProperty == @namespace));

    public IReadOnlyList<T> ByIndex(string index, string key) => Count(Objects.Where(entity => _indexes[index](entity).Contains(key, StringComparer.Ordinal)));

    private List<T> Count(IEnumerable<T> found)
    {
        List<T> list = [.. found];
        HandedOut += list.Count;
        return list;
    }
}
