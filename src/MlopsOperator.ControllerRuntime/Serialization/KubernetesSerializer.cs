using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>
/// JSON as an API server reads and writes it: camel case, nulls left out, times of built-in kinds in whole seconds (six digits
/// where the API asks for MicroTime), characters beyond the basic plane as raw UTF-8, since the YAML parser behind
/// server-side apply rejects surrogate escapes. Enumerations are names, never numbers.
/// </summary>
public static class KubernetesSerializer
{
    private static readonly HashSet<(Type Owner, string Property)> MicroTimes =
    [
        (typeof(V1LeaseSpec), "acquireTime"),
        (typeof(V1LeaseSpec), "renewTime"),
        (typeof(Corev1Event), "eventTime"),
        (typeof(Corev1EventSeries), "lastObservedTime"),
        (typeof(Eventsv1Event), "eventTime"),
        (typeof(Eventsv1EventSeries), "lastObservedTime"),
    ];

    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The object as UTF-8 JSON.</summary>
    public static byte[] Serialize<T>(T value) =>
        SurrogateEscapes.ToUtf8(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>The node as UTF-8 JSON.</summary>
    public static byte[] Serialize(JsonNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return SurrogateEscapes.ToUtf8(JsonSerializer.SerializeToUtf8Bytes(node, Options));
    }

    /// <summary>The object as a JSON tree, for server-side apply or comparison.</summary>
    public static JsonObject ToJsonObject<T>(T value)
        where T : class =>
        JsonSerializer.SerializeToNode(value, Options)!.AsObject();

    /// <summary>Reads an object. Throws <see cref="JsonException"/> when it does not fit <typeparamref name="T"/>.</summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8Json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8Json, Options) ?? throw new JsonException("found null, expected an object");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // Converters of the client's models throw what parsing threw.
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>A copy that shares nothing with the original.</summary>
    public static T Clone<T>(T value)
        where T : class =>
        Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { UseApiTimes } },
        };
        options.Converters.Add(new ApiTimeConverter(TimePrecision.AsIs));
        options.Converters.Add(new ApiTimeOffsetConverter());
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new ExplainedConverter<ResourceQuantity>("a quantity, such as 500m or 1Gi"));
        options.Converters.Add(new ExplainedConverter<IntOrString>("a number or a text"));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void UseApiTimes(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Assembly != typeof(V1ObjectMeta).Assembly)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(DateTime) || property.PropertyType == typeof(DateTime?))
            {
                var times = new ApiTimeConverter(MicroTimes.Contains((type.Type, property.Name)) ? TimePrecision.Microseconds : TimePrecision.Seconds);
                property.CustomConverter = property.PropertyType == typeof(DateTime) ? times : new OptionalApiTimeConverter(times);
            }
        }
    }
}
