using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Removes what a schema does not know.</summary>
internal static class Pruning
{
    /// <summary>Removes unknown fields of <paramref name="value"/> and adds their paths to <paramref name="unknown"/>.</summary>
    public static void Prune(JsonNode? value, Schema schema, string path, List<string> unknown)
    {
        switch (value)
        {
            case JsonObject map when schema.Type is SchemaType.Object || (schema.Type is SchemaType.Any && schema.Properties is not null):
                foreach (var (name, child) in map.ToList())
                {
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (schema.Field(name) is { } field)
                    {
                        Prune(child, field, at, unknown);
                    }
                    else
                    {
                        map.Remove(name);
                        unknown.Add(at);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Prune(list[i], items, FormattableString.Invariant($"{path}[{i}]"), unknown);
                }

                break;
        }
    }

    /// <summary>What a Go server leaves out when it writes a built-in kind: nulls, empty lists and empty maps.</summary>
    public static void DropEmpty(JsonNode? value, Schema schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, child) in map.ToList())
                {
                    var field = schema.Field(name) ?? Schema.Anything;
                    DropEmpty(child, field);
                    if (schema.Declares(name) && IsEmpty(child, field))
                    {
                        map.Remove(name);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                {
                    DropEmpty(item, items);
                }

                break;
        }
    }

    private static bool IsEmpty(JsonNode? value, Schema schema) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0 && schema.Type == SchemaType.Array,
        JsonObject map => map.Count == 0 && schema.AdditionalProperties is not null,
        _ => false,
    };
}
