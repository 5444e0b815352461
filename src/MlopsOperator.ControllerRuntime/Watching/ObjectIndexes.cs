using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Keys of objects under the values of declared indexes. Not safe for parallel use: the store locks.</summary>
internal sealed class ObjectIndexes<T>(IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> declared, StoreFailures failures)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Dictionary<(string Index, string Value), SortedSet<ObjectKey>> _entries = [];
    private readonly Dictionary<ObjectKey, IReadOnlyList<(string Index, string Value)>> _valuesOf = [];

    /// <summary>The values of an object under all indexes.</summary>
    public IReadOnlyList<(string Index, string Value)> KeysOf(T entity)
    {
        var keys = new List<(string, string)>();
        foreach (var (index, values) in declared)
        {
            keys.AddRange(failures.Guard(index, () => values(entity)).Distinct(StringComparer.Ordinal).Select(value => (index, value)));
        }

        return keys;
    }

    public void Set(ObjectKey key, IReadOnlyList<(string Index, string Value)> values)
    {
        Remove(key);
        if (values.Count == 0)
        {
            return;
        }

        _valuesOf[key] = values;
        foreach (var value in values)
        {
            if (!_entries.TryGetValue(value, out var keys))
            {
                _entries[value] = keys = [];
            }

            keys.Add(key);
        }
    }

    public void Remove(ObjectKey key)
    {
        if (!_valuesOf.Remove(key, out var values))
        {
            return;
        }

        foreach (var value in values)
        {
            _entries[value].Remove(key);
            if (_entries[value].Count == 0)
            {
                _entries.Remove(value);
            }
        }
    }

    /// <summary>Keys under a value, sorted. Throws for an index that was not declared.</summary>
    public IEnumerable<ObjectKey> Find(string index, string value)
    {
        if (!declared.ContainsKey(index))
        {
            throw new ArgumentException($"The cache of {typeof(T).Name} has no index {index}: declare it in AddCache<{typeof(T).Name}>(options => options.Index(...)).", nameof(index));
        }

        return _entries.TryGetValue((index, value), out var keys) ? keys : [];
    }
}
