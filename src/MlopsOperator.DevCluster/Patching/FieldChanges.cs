using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>Which fields a write adds, changes and removes.</summary>
internal sealed class FieldChanges
{
    private readonly List<string> path = [];

    private FieldChanges()
    {
    }

    public FieldSet Added { get; } = new();

    public FieldSet Modified { get; } = new();

    public FieldSet Removed { get; } = new();

    public static FieldChanges Between(JsonObject? old, JsonObject now, Schema schema)
    {
        var changes = new FieldChanges();
        changes.CompareMaps(old ?? [], now, schema);
        return changes;
    }

    private void Compare(JsonNode? old, bool wasThere, JsonNode? now, bool isThere, Schema schema)
    {
        var walked = (old, now) switch
        {
            (JsonObject a, JsonObject b) => WalkMaps(a, b, schema),
            (JsonObject a, null) => WalkMaps(a, [], schema),
            (null, JsonObject b) => WalkMaps([], b, schema),
            (JsonArray a, JsonArray b) => WalkLists(a, b, schema),
            (JsonArray a, null) => WalkLists(a, [], schema),
            (null, JsonArray b) => WalkLists([], b, schema),
            _ => false,
        };
        if (!wasThere)
        {
            Added.Insert(path);
        }
        else if (!isThere)
        {
            Removed.Insert(path);
        }
        else if (!walked && !JsonNode.DeepEquals(old, now))
        {
            Modified.Insert(path);
        }
    }

    /// <summary>False if the maps are compared as a whole.</summary>
    private bool WalkMaps(JsonObject old, JsonObject now, Schema schema)
    {
        if (schema.AtomicMap || (old.Count == 0 && now.Count == 0))
        {
            return false;
        }

        CompareMaps(old, now, schema);
        return true;
    }

    private void CompareMaps(JsonObject old, JsonObject now, Schema schema)
    {
        foreach (var name in old.Select(p => p.Key).Union(now.Select(p => p.Key), StringComparer.Ordinal))
        {
            path.Add(PathElements.Field(name));
            var wasThere = old.TryGetPropertyValue(name, out var before);
            var isThere = now.TryGetPropertyValue(name, out var after);
            Compare(before, wasThere, after, isThere, schema.Field(name) ?? Schema.Anything);
            path.RemoveAt(path.Count - 1);
        }
    }

    private bool WalkLists(JsonArray old, JsonArray now, Schema schema)
    {
        if (!PathElements.Merges(schema) || (old.Count == 0 && now.Count == 0))
        {
            return false;
        }

        var before = Elements(old, schema);
        var after = Elements(now, schema);
        foreach (var element in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            path.Add(element);
            var wasThere = before.TryGetValue(element, out var first);
            var isThere = after.TryGetValue(element, out var second);
            Compare(first, wasThere, second, isThere, schema.Items ?? Schema.Anything);
            path.RemoveAt(path.Count - 1);
        }

        return true;
    }

    private static Dictionary<string, JsonNode?> Elements(JsonArray list, Schema schema)
    {
        var elements = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (item, element) in list.Zip(PathElements.Of(list, schema, "")))
        {
            elements.TryAdd(element, item);
        }

        return elements;
    }
}
