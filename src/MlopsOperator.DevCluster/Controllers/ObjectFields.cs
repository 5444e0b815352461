using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>Reads fields of objects as the API hands them out. What is absent, or of another type, reads as absent.</summary>
internal static class ObjectFields
{
    public static JsonObject? Child(this JsonObject? parent, string name) => parent?[name] as JsonObject;

    public static string? Text(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static int? Number(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

    public static long? LongNumber(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsTrue(this JsonObject? parent, string name) => parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static IReadOnlyList<JsonObject> Items(this JsonObject? parent, string name) =>
        parent?[name] is JsonArray items ? [.. items.OfType<JsonObject>()] : [];

    public static IReadOnlyList<string> Texts(this JsonObject? parent, string name) =>
        parent?[name] is JsonArray items ? [.. items.OfType<JsonValue>().Select(item => item.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : item.ToJsonString())] : [];

    public static IReadOnlyDictionary<string, string> Map(this JsonObject? parent, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in parent.Child(name) ?? [])
        {
            if (value is JsonValue text && text.TryGetValue(out string? found))
            {
                map[key] = found;
            }
        }

        return map;
    }

    public static DateTimeOffset? Time(this JsonObject? parent, string name) =>
        parent.Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>As the API writes times: whole seconds, UTC.</summary>
    public static string ToApiTime(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Name(this JsonObject item) => item.Child("metadata").Text("name") ?? "";

    public static string? Namespace(this JsonObject item) => item.Child("metadata").Text("namespace");

    public static string Uid(this JsonObject item) => item.Child("metadata").Text("uid") ?? "";

    public static IReadOnlyDictionary<string, string> Labels(this JsonObject item) => item.Child("metadata").Map("labels");

    public static IReadOnlyDictionary<string, string> Annotations(this JsonObject item) => item.Child("metadata").Map("annotations");

    public static bool IsBeingDeleted(this JsonObject item) => item.Child("metadata").Text("deletionTimestamp") is not null;

    /// <summary>namespace/name, or the name alone.</summary>
    public static string Key(this JsonObject item) => item.Namespace() is { } space ? $"{space}/{item.Name()}" : item.Name();

    /// <summary>Takes a key apart.</summary>
    public static (string? Namespace, string Name) SplitKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (null, key) : (key[..slash], key[(slash + 1)..]);
    }

    /// <summary>The owner that controls the object, if any.</summary>
    public static JsonObject? Controller(this JsonObject item) =>
        item.Child("metadata").Items("ownerReferences").FirstOrDefault(owner => owner.IsTrue("controller"));

    public static bool IsControlledBy(this JsonObject item, JsonObject owner) =>
        item.Controller() is { } controller && string.Equals(controller.Text("uid"), owner.Uid(), StringComparison.Ordinal);

    /// <summary>A reference to an object as the controller that owns others.</summary>
    public static JsonObject ControllerReference(this ResourceId resource, JsonObject owner) => new()
    {
        ["apiVersion"] = resource.ApiVersion,
        ["kind"] = resource.Kind,
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>The condition of this type, if any.</summary>
    public static JsonObject? Condition(this JsonObject item, string type) =>
        item.Child("status").Items("conditions").FirstOrDefault(condition => string.Equals(condition.Text("type"), type, StringComparison.Ordinal));

    public static bool HasCondition(this JsonObject item, string type) => string.Equals(item.Condition(type).Text("status"), "True", StringComparison.Ordinal);

    /// <summary>Map as object, in the order of its keys.</summary>
    public static JsonObject ToJson(this IEnumerable<KeyValuePair<string, string>> map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            result[key] = value;
        }

        return result;
    }
}
