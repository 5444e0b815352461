using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The scale subresource: an object's replicas under another kind.</summary>
internal sealed class ScaleHandler(ObjectWriter writer)
{
    /// <summary>The Scale of an object.</summary>
    public static JsonObject View(ResourceKind kind, JsonObject content)
    {
        var metadata = new JsonObject();
        foreach (var name in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            if (content.At("metadata", name) is { } value)
            {
                metadata[name] = value.DeepClone();
            }
        }

        var paths = kind.Scale!;
        var spec = new JsonObject();
        if (content.Number(Split(paths.SpecReplicas)) is { } replicas and not 0)
        {
            spec["replicas"] = replicas;
        }

        var status = new JsonObject { ["replicas"] = content.Number(Split(paths.StatusReplicas)) ?? 0 };
        if (paths.Selector is { } path && Selector(content.At(Split(path))) is { Length: > 0 } selector)
        {
            status["selector"] = selector;
        }

        return new JsonObject { ["kind"] = "Scale", ["apiVersion"] = "autoscaling/v1", ["metadata"] = metadata, ["spec"] = spec, ["status"] = status };
    }

    public ApiResponse Write(WriteContext context, StoredObject live, Func<JsonObject, JsonObject> change)
    {
        var kind = context.Kind;
        var content = live.Copy();
        var before = View(kind, content.Copy());
        var scale = change(before.Copy());
        Identity.Check(context, live, new JsonObject { ["metadata"] = scale["metadata"]?.DeepClone() });
        var replicas = scale.Number("spec", "replicas") ?? 0;
        var path = Split(kind.Scale!.SpecReplicas);
        var parent = content;
        foreach (var name in path[..^1])
        {
            parent = parent.Ensure(name);
        }

        var changes = parent.Number(path[^1]) != replicas;
        parent[path[^1]] = replicas;
        if (changes)
        {
            Own(context, content, path);
        }

        var result = writer.Replace(context, live, content, tracks: false);
        return ApiResponse.Json(200, View(kind, result.Object), context.Warnings, result.Changed);
    }

    private static void Own(WriteContext context, JsonObject content, string[] path)
    {
        var ownership = FieldOwnership.Of(content.List("metadata", "managedFields"), context.Kind.Schema);
        ownership.Scale([.. path.Select(PathElements.Field)], new ManagerEntry(context.Manager, ManagerEntry.Update, context.Kind.ApiVersion, "scale", null, new FieldSet()));
        content.Metadata().Remove("managedFields");
        if (ownership.ToJson() is { } json)
        {
            content.Metadata()["managedFields"] = json;
        }
    }

    private static string[] Split(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static string? Selector(JsonNode? selector) => selector switch
    {
        JsonObject map => string.Join(',', (map.Map("matchLabels") ?? []).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")),
        null => null,
        _ => selector.ToString(),
    };
}
