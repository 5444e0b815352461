using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Validation;

/// <summary>Checks an object against the limits that stand on its properties: what a schema says, once more in C#.</summary>
internal static class FieldRules
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FieldRule>> Rules = new();

    /// <summary>Checks an object and all that is in it.</summary>
    /// <param name="value">A record of this project.</param>
    /// <param name="path">Path of the object.</param>
    /// <param name="problems">Where what is wrong is added, in the order of the fields.</param>
    public static void Check(object value, string path, ICollection<Problem> problems)
    {
        foreach (var rule in Rules.GetOrAdd(value.GetType(), ReadRules))
        {
            var field = $"{path}.{rule.Name}";
            if (rule.Property.GetValue(value) is not { } found)
            {
                if (rule.IsRequired)
                {
                    problems.Add(new Problem(field, null, $"a value, for {rule.Name} is required"));
                }

                continue;
            }

            if (found is double number && !double.IsFinite(number))
            {
                problems.Add(new Problem(field, FieldPaths.Found(found), "a finite number"));
                continue;
            }

            CheckField(found, field, rule, problems);
            CheckBelow(found, field, problems);
        }
    }

    // One problem a field: what is no share is not also too long.
    private static void CheckField(object found, string field, FieldRule rule, ICollection<Problem> problems)
    {
        var before = problems.Count;
        foreach (var limit in rule.Limits)
        {
            limit.CheckProperty(found, field, problems);
            if (problems.Count > before)
            {
                return;
            }
        }
    }

    private static void CheckBelow(object found, string field, ICollection<Problem> problems)
    {
        if (found is IEnumerable values)
        {
            CheckElements(values, field, problems);
        }
        else if (IsOurs(found.GetType()))
        {
            Check(found, field, problems);
        }
    }

    private static void CheckElements(IEnumerable values, string field, ICollection<Problem> problems)
    {
        if (values is IEnumerable<KeyValuePair<string, string>> map)
        {
            var empty = map.Where(entry => entry.Value is null).Select(entry => entry.Key).Order(StringComparer.Ordinal);
            foreach (var key in empty)
            {
                problems.Add(new Problem($"{field}[\"{key}\"]", null, "a text"));
            }
        }

        // Free JSON and texts are enumerable too; their elements are nobody's fields.
        if (values is not IList list)
        {
            return;
        }

        for (var index = 0; index < list.Count; index++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
            if (list[index] is not { } element)
            {
                problems.Add(new Problem(path, null, "an entry"));
            }
            else if (IsOurs(element.GetType()))
            {
                Check(element, path, problems);
            }
        }
    }

    private static bool IsOurs(Type type) => type is { IsClass: true, IsArray: false } && type.Assembly == typeof(FieldRules).Assembly;

    private static IReadOnlyList<FieldRule> ReadRules(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken)
            .Select(property => new FieldRule(
                property,
                FieldPaths.JsonName(property),
                property.IsDefined(typeof(RequiredAttribute)),
                [.. property.GetCustomAttributes<SchemaAttribute>()])),
    ];

    private sealed record FieldRule(PropertyInfo Property, string Name, bool IsRequired, IReadOnlyList<SchemaAttribute> Limits);
}
