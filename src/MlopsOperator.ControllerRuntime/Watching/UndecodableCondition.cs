using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>
/// The condition Undecodable: it is True while the newest state of an object cannot be read, and absent otherwise. Works on the object's
/// JSON, as nothing else of it may be readable.
/// </summary>
internal static class UndecodableCondition
{
    public const string Name = "Undecodable";
    private const string Reason = "FieldNotReadable";

    /// <summary>Whether a kind's status has conditions of the usual shape.</summary>
    public static bool FitsKind(Type entity) =>
        Property(entity, "status") is { } status
        && Property(status, "conditions") is { } conditions
        && conditions.GenericTypeArguments is [{ } condition]
        && Property(condition, "type") == typeof(string)
        && Property(condition, "status") == typeof(string)
        && Property(condition, "observedGeneration") is not null;

    /// <summary>What the condition should say of a state: null where it can be read.</summary>
    public static string? Problem<T>(ResourceType type, RawObject item)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            _ = item.Decode<T>(type);
            return null;
        }
        catch (JsonException exception)
        {
            return Message(UndecodableField.Describe(typeof(T), item, exception));
        }
    }

    public static string Message(string problem) => $"{problem}. Correct the field; until then the last readable state stays in use.";

    /// <summary>What the object says now; null without the condition.</summary>
    public static string? Told(RawObject item)
    {
        // Cheap for all the objects that never had it.
        if (item.Json.Span.IndexOf("\"Undecodable\""u8) < 0)
        {
            return null;
        }

        return Find(Conditions(Parse(item)))?["message"] is JsonValue message && message.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>The object with the condition set or taken away; null where its status has no room for it.</summary>
    public static JsonObject? Apply(RawObject item, string? problem, DateTimeOffset now)
    {
        var content = Parse(item);
        if (content["status"] is not (null or JsonObject) || content["status"]?["conditions"] is not (null or JsonArray))
        {
            return null;
        }

        var status = content["status"] as JsonObject;
        content["status"] = status ??= [];
        var conditions = status["conditions"] as JsonArray;
        status["conditions"] = conditions ??= [];
        var before = Find(conditions);
        conditions.Remove(before);
        if (problem is not null)
        {
            conditions.Add(new JsonObject
            {
                ["type"] = Name,
                ["status"] = "True",
                ["reason"] = Reason,
                ["message"] = problem,
                ["lastTransitionTime"] = before?["lastTransitionTime"]?.DeepClone() ?? now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["observedGeneration"] = content["metadata"]?["generation"]?.DeepClone() ?? 0,
            });
        }

        return content;
    }

    private static JsonObject Parse(RawObject item) => JsonNode.Parse(item.Json.Span)!.AsObject();

    private static JsonArray? Conditions(JsonObject content) => (content["status"] as JsonObject)?["conditions"] as JsonArray;

    private static JsonObject? Find(JsonArray? conditions) =>
        conditions?.OfType<JsonObject>().FirstOrDefault(condition => condition["type"] is JsonValue type && type.TryGetValue<string>(out var text) && text is Name);

    private static Type? Property(Type owner, string name)
    {
        var info = KubernetesSerializer.Options.GetTypeInfo(owner);
        var type = info.Properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.Ordinal))?.PropertyType;
        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }
}
