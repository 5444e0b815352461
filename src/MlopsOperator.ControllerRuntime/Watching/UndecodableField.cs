using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Says which field of an object could not be read, what was found there and what was expected.</summary>
internal static class UndecodableField
{
    private const int LongestValue = 60;

    /// <summary>A sentence such as: spec.size: found "Gigantic", expected one of Small, Large.</summary>
    public static string Describe(Type entity, RawObject item, JsonException exception)
    {
        if (exception.Path is not { Length: > 1 } path)
        {
            return $"found what is no {ResourceType.For(entity).Kind}";
        }

        var steps = path.TrimStart('$').Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return $"{path.TrimStart('$', '.')}: found {Found(entity, item, steps)}, expected {Expected(entity, steps)}";
    }

    private static string Found(Type entity, RawObject item, string[] steps)
    {
        var node = JsonNode.Parse(item.Json.Span);
        foreach (var step in steps)
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray items when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        if (node is null || entity == typeof(V1Secret))
        {
            return "another value";
        }

        var text = node.ToJsonString(KubernetesSerializer.Options);
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
    }

    private static string Expected(Type entity, string[] steps)
    {
        var type = entity;
        foreach (var step in steps)
        {
            var properties = KubernetesSerializer.Options.GetTypeInfo(type).Properties;
            var member = properties.FirstOrDefault(property => string.Equals(property.Name, step, StringComparison.Ordinal))?.PropertyType;
            member ??= type.IsArray ? type.GetElementType() : type.GenericTypeArguments.LastOrDefault();
            if (member is null)
            {
                break;
            }

            type = Nullable.GetUnderlyingType(member) ?? member;
        }

        return type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) || type == typeof(decimal) || type == typeof(float) => "a number",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) => "text",
            _ when type == typeof(ResourceQuantity) => "a quantity such as 500m or 1Gi",
            _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => "a time such as 2026-01-31T12:00:00Z",
            _ => $"what fits {type.Name}",
        };
    }
}
