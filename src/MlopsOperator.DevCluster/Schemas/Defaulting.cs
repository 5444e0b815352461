using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Fills in defaults of a custom resource, below parents that are there.</summary>
internal static class Defaulting
{
    public static void Apply(JsonNode? value, Schema schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, field) in schema.Properties ?? [])
                {
                    // A null counts as missing unless the field may be null.
                    if (map.TryGetPropertyValue(name, out var present) && present is null && !field.Nullable)
                    {
                        map.Remove(name);
                    }

                    if (field.Default is not null && !map.ContainsKey(name))
                    {
                        map[name] = field.Default.DeepClone();
                    }

                    Apply(map[name], field);
                }

                if (schema.AdditionalProperties is { } additional)
                {
                    foreach (var (name, child) in map.Where(p => !schema.Declares(p.Key)).ToList())
                    {
                        if (child is null && additional.Default is not null && !additional.Nullable)
                        {
                            map[name] = additional.Default.DeepClone();
                        }

                        Apply(map[name], additional);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null && items.Default is not null && !items.Nullable)
                    {
                        list[i] = items.Default.DeepClone();
                    }

                    Apply(list[i], items);
                }

                break;
        }
    }
}
