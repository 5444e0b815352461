using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Schemas of built-in kinds, read from the client's model classes when a kind is first used.</summary>
internal static class BuiltInSchemas
{
    private static readonly ConcurrentDictionary<Type, Schema> Known = new();
    private static readonly Lock Gate = new();

    public static string KindOf(Type model) => (string)model.GetField("KubeKind", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    public static Schema Of(Type model)
    {
        lock (Gate)
        {
            return Build(model);
        }
    }

    private static Schema Build(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalar(type) is { } scalar)
        {
            return scalar;
        }

        if (Element(type) is { } element)
        {
            return new Schema { Type = SchemaType.Array, Items = Build(element) };
        }

        if (type.IsGenericType && type.GetGenericArguments() is [_, var value])
        {
            return new Schema { Type = SchemaType.Object, AdditionalProperties = Build(value) };
        }

        return Known.TryGetValue(type, out var known) ? known : Model(type);
    }

    private static Schema Model(Type type)
    {
        var schema = new Schema { Type = SchemaType.Object, Properties = new(StringComparer.Ordinal), AtomicMap = ListKeys.IsAtomic(type) };
        Known[type] = schema;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>() is not { } name)
            {
                continue;
            }

            // The data of revisions is owned as a whole.
            var child = type == typeof(V1ControllerRevision) && name.Name is "data"
                ? new Schema { Type = SchemaType.Any, PreservesUnknownFields = true, AtomicMap = true }
                : Build(property.PropertyType);
            ListKeys.Mark(type, name.Name, child);
            if (name.Name is "renewTime" or "acquireTime" or "eventTime" or "lastObservedTime")
            {
                child.Format = "micro-time";
            }

            schema.Properties[name.Name] = child;
        }

        return schema;
    }

    private static Schema? Scalar(Type type)
    {
        if (type == typeof(string))
        {
            return new Schema { Type = SchemaType.String };
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return new Schema { Type = SchemaType.Integer, Format = type == typeof(int) ? "int32" : "int64" };
        }

        if (type == typeof(bool))
        {
            return new Schema { Type = SchemaType.Boolean };
        }

        if (type == typeof(double))
        {
            return new Schema { Type = SchemaType.Number };
        }

        if (type == typeof(DateTime))
        {
            return new Schema { Type = SchemaType.String, Format = "date-time" };
        }

        if (type == typeof(byte[]))
        {
            return new Schema { Type = SchemaType.String, Format = "byte" };
        }

        return type == typeof(IntOrString) ? new Schema { Type = SchemaType.IntOrString }
            : type == typeof(ResourceQuantity) ? new Schema { Type = SchemaType.Quantity }
            : type == typeof(object) || type.Name is "JsonElement" or "JsonNode" ? Schema.Anything : null;
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var element] && typeof(IEnumerable).IsAssignableFrom(type) ? element : null;
}
