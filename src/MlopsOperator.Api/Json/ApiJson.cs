using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;
using MlopsOperator.Api.Routes;

namespace MlopsOperator.Api.Json;

/// <summary>How objects of the Kubernetes API are read and written as JSON.</summary>
public static class ApiJson
{
    /// <summary>
    /// Options for all types of this project and the V1 types of KubernetesClient: camelCase, enums by name only, null is absent both ways
    /// (a null keeps a property's default), times as <see cref="TimestampConverter"/> writes them, unknown fields ignored. Characters are
    /// not escaped unless JSON asks for it. KubernetesClient's MicroTime fields (Lease, Event) need six decimals: not through these options.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepDefaultsForNulls } },
        };

        // Options go before attributes on types; only here are numbers refused as enum values.
        options.Converters.Add(new BackendRoleConverter());
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new TimestampConverter());
        options.Converters.Add(new UtcDateTimeConverter());
        options.Converters.Add(new ExplainedConverter<ResourceQuantity>("a quantity, such as 500m or 1Gi"));
        options.Converters.Add(new ExplainedConverter<IntOrString>("a number or a text"));
        options.MakeReadOnly();
        return options;
    }

    // To an API server null means absent. A null in a property that says it has none would surface far from here.
    private static void KeepDefaultsForNulls(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Assembly != typeof(ApiJson).Assembly)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set || property.PropertyType.IsValueType || property.AttributeProvider is not PropertyInfo info
                || new NullabilityInfoContext().Create(info).WriteState != NullabilityState.NotNull)
            {
                continue;
            }

            property.Set = (target, value) =>
            {
                if (value is not null)
                {
                    set(target, value);
                }
            };
        }
    }
}
