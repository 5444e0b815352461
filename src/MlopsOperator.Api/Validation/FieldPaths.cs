using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Validation;

/// <summary>Names of fields and elements as users write them.</summary>
internal static class FieldPaths
{
    /// <summary>JSON name of a property.</summary>
    public static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>Elements of a list as <c>field[0]</c>, values of a map as <c>field["key"]</c>; nulls are left out.</summary>
    public static IEnumerable<(string Path, object Element)> Elements(string field, IEnumerable values)
    {
        var index = 0;
        foreach (var value in values)
        {
            if (value is KeyValuePair<string, string> entry)
            {
                if (entry.Value is not null)
                {
                    yield return ($"{field}[\"{entry.Key}\"]", entry.Value);
                }
            }
            else if (value is not null)
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), value);
            }

            index++;
        }
    }

    /// <summary>Text of a member of an object; null when it is missing.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">JSON name of the member.</param>
    public static string? Member(object element, string name)
    {
        var property = Array.Find(element.GetType().GetProperties(), candidate => string.Equals(JsonName(candidate), name, StringComparison.Ordinal));
        return property?.GetValue(element) is { } value ? Found(value) : null;
    }

    /// <summary>A value as it is quoted in a problem; null for an empty text, which is how a missing one reads.</summary>
    public static string? Found(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
