using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>How managedFields names members and list elements.</summary>
internal static class PathElements
{
    public static string Field(string name) => "f:" + name;

    /// <summary>Path elements of the elements of a set or map list, in order.</summary>
    /// <exception cref="TypedValueException">An element lacks a key.</exception>
    public static List<string> Of(JsonArray list, Schema schema, string path) => [.. list.Select((item, index) => Of(item, schema, path, index))];

    /// <summary>Whether a list is merged element by element.</summary>
    public static bool Merges(Schema schema) => schema.Type == SchemaType.Array && schema.ListKind != ListKind.Atomic;

    /// <summary>A path as messages show it: .spec.containers[name="one"].args.</summary>
    public static string Show(IEnumerable<string> path) => string.Concat(path.Select(Show));

    private static string Show(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "v:" => $"[={element[2..]}]",
        "k:" => $"[{string.Join(",", JsonNode.Parse(element[2..])!.AsObject().Select(p => $"{p.Key}={JsonBytes.Text(p.Value)}"))}]",
        _ => $"[{element[2..]}]",
    };

    private static string Of(JsonNode? item, Schema schema, string path, int index)
    {
        if (schema.ListKind == ListKind.Set)
        {
            return "v:" + JsonBytes.Text(item);
        }

        var keys = new JsonObject();
        foreach (var key in schema.ListMapKeys.Order(StringComparer.Ordinal))
        {
            var value = item.At(key)?.DeepClone() ?? Default(schema, key)
                ?? throw new TypedValueException(FormattableString.Invariant($"{path}: element {index}: associative list with keys has an element that omits all key fields [{JsonBytes.Text(key)}] (and doesn't have default values for any key fields)"));
            keys[key] = value;
        }

        return "k:" + JsonBytes.Text(keys);
    }

    private static JsonNode? Default(Schema schema, string key) =>
        schema.ListMapDefaults.TryGetValue(key, out var value) ? JsonValue.Create(value) : schema.Items?.Field(key)?.Default?.DeepClone();
}
