using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>The operations of structured merge: which fields an applied object sets, merging it, and taking fields away.</summary>
internal static class TypedValues
{
    /// <summary>The fields that an applied object sets.</summary>
    public static FieldSet Fields(JsonNode? value, Schema schema)
    {
        var set = new FieldSet();
        Collect(value, schema, [], set);
        return set;
    }

    /// <summary>Refuses what the schema does not know.</summary>
    /// <exception cref="TypedValueException">A field is not declared, or has another type.</exception>
    public static void Check(JsonNode? value, Schema schema, string path)
    {
        switch (value)
        {
            case JsonObject map when schema.Type is SchemaType.Object or SchemaType.Any:
                foreach (var (name, child) in map)
                {
                    var inner = schema.Field(name) ?? throw new TypedValueException($"{path}.{name}: field not declared in schema");
                    Check(child, inner, $"{path}.{name}");
                }

                break;
            case JsonArray list when schema.Type is SchemaType.Array or SchemaType.Any:
                CheckList(list, schema, path);
                break;
            default:
                CheckScalar(value, schema, path);
                break;
        }
    }

    /// <summary>The live value with the applied one merged in.</summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, Schema schema)
    {
        switch (live, applied)
        {
            case (JsonObject mine, JsonObject theirs) when !schema.AtomicMap:
                var merged = new JsonObject();
                foreach (var (name, value) in mine)
                {
                    merged[name] = theirs.TryGetPropertyValue(name, out var change) ? Merge(value, change, schema.Field(name) ?? Schema.Anything) : value?.DeepClone();
                }

                foreach (var (name, value) in theirs.Where(p => !mine.ContainsKey(p.Key)))
                {
                    merged[name] = value?.DeepClone();
                }

                return merged;
            case (JsonArray mine, JsonArray theirs) when PathElements.Merges(schema):
                return ListMerge.Merge(mine, theirs, schema);
            default:
                return applied?.DeepClone();
        }
    }

    /// <summary>The value without the members of <paramref name="removed"/>.</summary>
    public static JsonNode? Remove(JsonNode? value, FieldSet removed, Schema schema)
    {
        switch (value)
        {
            case JsonObject map when map.Count > 0 && !schema.AtomicMap:
                var left = new JsonObject();
                foreach (var (name, child) in map)
                {
                    var below = removed.Below(PathElements.Field(name));
                    if (below is null || !below.IsMember)
                    {
                        left[name] = below is null or { IsEmpty: true } ? child?.DeepClone() : Remove(child, below, schema.Field(name) ?? Schema.Anything);
                    }
                }

                return left.Count > 0 ? left : null;
            case JsonArray list when list.Count > 0 && PathElements.Merges(schema):
                var kept = new JsonArray();
                foreach (var (item, element) in list.Zip(PathElements.Of(list, schema, "")))
                {
                    var below = removed.Below(element);
                    if (below is null || !below.IsMember)
                    {
                        kept.Add(below is null or { IsEmpty: true } ? item?.DeepClone() : Remove(item, below, schema.Items ?? Schema.Anything));
                    }
                }

                return kept.Count > 0 ? kept : null;
            default:
                return value?.DeepClone();
        }
    }

    private static void Collect(JsonNode? value, Schema schema, List<string> path, FieldSet set)
    {
        switch (value)
        {
            case JsonObject map when !schema.AtomicMap:
                foreach (var (name, child) in map)
                {
                    path.Add(PathElements.Field(name));
                    Collect(child, schema.Field(name) ?? Schema.Anything, path, set);
                    if (child is null or JsonObject { Count: 0 } || !schema.Declares(name))
                    {
                        set.Insert(path);
                    }

                    path.RemoveAt(path.Count - 1);
                }

                break;
            case JsonArray list when PathElements.Merges(schema):
                foreach (var (item, element) in list.Zip(PathElements.Of(list, schema, PathElements.Show(path))))
                {
                    path.Add(element);
                    Collect(item, schema.Items ?? Schema.Anything, path, set);
                    set.Insert(path);
                    path.RemoveAt(path.Count - 1);
                }

                break;
            default:
                if (path.Count > 0)
                {
                    set.Insert(path);
                }

                break;
        }
    }

    private static void CheckList(JsonArray list, Schema schema, string path)
    {
        if (schema.Items is not { } items)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, element) in PathElements.Merges(schema) ? list.Zip(PathElements.Of(list, schema, path)) : list.Select((item, i) => (item, FormattableString.Invariant($"i:{i}"))))
        {
            if (!seen.Add(element))
            {
                throw new TypedValueException($"{path}: duplicate entries for key {PathElements.Show([element])}");
            }

            Check(item, items, path + PathElements.Show([element]));
        }
    }

    private static void CheckScalar(JsonNode? value, Schema schema, string path)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var (fits, expected) = schema.Type switch
        {
            _ when kind == JsonValueKind.Null => (true, ""),
            SchemaType.Object => (false, "map"),
            SchemaType.Array => (false, "list"),
            SchemaType.String => (kind == JsonValueKind.String, "string"),
            SchemaType.Integer or SchemaType.Number => (kind == JsonValueKind.Number, "numeric (int or float)"),
            SchemaType.Boolean => (kind is JsonValueKind.True or JsonValueKind.False, "boolean"),
            _ => (true, ""),
        };
        if (!fits)
        {
            throw new TypedValueException($"{path}: expected {expected}, got &value.valueUnstructured{{Value:{JsonBytes.Text(value)}}}");
        }
    }
}
