using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>JSON merge patch (RFC 7386).</summary>
internal static class MergePatch
{
    /// <summary>Applies a patch; <paramref name="target"/> may be changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
                continue;
            }

            var present = result[name];
            result.Remove(name);
            result[name] = Apply(present, change);
        }

        return result;
    }
}
