using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>JSON patch (RFC 6902), with the server's one addition: replacing a missing member adds it.</summary>
internal static class JsonPatch
{
    /// <summary>Operations in one patch.</summary>
    public const int MaximumOperations = 10_000;

    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
        {
            throw Statuses.BadRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        }

        if (operations.Count > MaximumOperations)
        {
            throw new StatusException(new ApiStatus(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {MaximumOperations}, got {operations.Count}"));
        }

        foreach (var operation in operations)
        {
            target = One(target, operation);
        }

        return target;
    }

    private static JsonNode? One(JsonNode? target, JsonNode? operation)
    {
        var path = operation.Text("path") ?? throw Refused();
        var value = operation.At("value");
        switch (operation.Text("op"))
        {
            case "add":
                return Set(target, path, value?.DeepClone(), insert: true);
            case "replace":
                return Set(target, path, value?.DeepClone(), insert: false);
            case "remove":
                Remove(target, path);
                return target;
            case "test":
                return JsonNode.DeepEquals(Get(target, path, mayMiss: value is null), value) ? target : throw Refused();
            case "copy":
                return Set(target, path, Get(target, operation.Text("from") ?? throw Refused())?.DeepClone(), insert: true);
            case "move":
                var moved = Get(target, operation.Text("from") ?? throw Refused())?.DeepClone();
                Remove(target, operation.Text("from")!);
                return Set(target, path, moved, insert: true);
            default:
                throw Refused();
        }
    }

    private static StatusException Refused() =>
        new(new ApiStatus(422, "Invalid", "the server rejected our request due to an error in our request") { EmptyDetails = true });

    private static string[] Split(string path) =>
        path.Length == 0 ? [] : path[0] == '/' ? [.. path[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))] : throw Refused();

    private static JsonNode? Get(JsonNode? node, string path, bool mayMiss = false)
    {
        foreach (var part in Split(path))
        {
            switch (node)
            {
                case JsonObject map when map.TryGetPropertyValue(part, out var child):
                    node = child;
                    break;
                case JsonArray list when Index(part, list.Count - 1) is { } index:
                    node = list[index];
                    break;
                default:
                    return mayMiss ? null : throw Refused();
            }
        }

        return node;
    }

    private static JsonNode? Set(JsonNode? root, string path, JsonNode? value, bool insert)
    {
        var parts = Split(path);
        if (parts.Length == 0)
        {
            return value;
        }

        switch (Get(root, path[..path.LastIndexOf('/')]))
        {
            case JsonObject map:
                map[parts[^1]] = value;
                return root;
            case JsonArray list when insert && string.Equals(parts[^1], "-", StringComparison.Ordinal):
                list.Add(value);
                return root;
            case JsonArray list when insert && Index(parts[^1], list.Count) is { } at:
                list.Insert(at, value);
                return root;
            case JsonArray list when !insert && Index(parts[^1], list.Count - 1) is { } at:
                list[at] = value;
                return root;
            default:
                throw Refused();
        }
    }

    private static void Remove(JsonNode? root, string path)
    {
        var parts = Split(path);
        var parent = parts.Length == 0 ? throw Refused() : Get(root, path[..path.LastIndexOf('/')]);
        var removed = parent switch
        {
            JsonObject map => map.Remove(parts[^1]),
            JsonArray list when Index(parts[^1], list.Count - 1) is { } at => RemoveAt(list, at),
            _ => false,
        };
        if (!removed)
        {
            throw Refused();
        }
    }

    private static bool RemoveAt(JsonArray list, int index)
    {
        list.RemoveAt(index);
        return true;
    }

    private static int? Index(string part, int last) =>
        int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && (index < 0 ? index + last + 1 : index) is var at and >= 0 && at <= last ? at : null;
}
