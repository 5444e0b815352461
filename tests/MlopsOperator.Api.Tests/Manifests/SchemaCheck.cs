using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>The structural part of what an API server checks, with its words; rules in CEL are left to DevCluster and real servers.</summary>
internal static class SchemaCheck
{
    public static IReadOnlyList<string> Check(JsonNode? value, SchemaNode schema)
    {
        var errors = new List<string>();
        Visit(value, schema, "", errors);
        return errors;
    }

    private static void Visit(JsonNode? value, SchemaNode schema, string path, List<string> errors)
    {
        switch (value)
        {
            case JsonObject map when schema.Type is "object":
                VisitMap(map, schema, path, errors);
                break;
            case JsonArray list when schema.Type is "array":
                VisitList(list, schema, path, errors);
                break;
            case JsonValue scalar when HasType(scalar, schema):
                VisitScalar(scalar, schema, path, errors);
                break;
            default:
                errors.Add($"{path} must be of type {schema.Type}");
                break;
        }
    }

    private static bool HasType(JsonValue value, SchemaNode schema) => (value.GetValueKind(), schema.Type) switch
    {
        (JsonValueKind.String, "string") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        (JsonValueKind.Number or JsonValueKind.String, _) => schema.IntOrString,
        _ => false,
    };

    private static void VisitMap(JsonObject map, SchemaNode schema, string path, List<string> errors)
    {
        Count(map.Count, schema.MinProperties, schema.MaxProperties, path, errors);
        errors.AddRange(schema.Required.Where(name => !map.ContainsKey(name)).Select(name => $"{Join(path, name)}: Required value"));
        var fields = schema.Properties.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, child) in map)
        {
            if (fields.TryGetValue(name, out var field))
            {
                Visit(child, field, Join(path, name), errors);
            }
            else if (schema.AdditionalProperties is { } entry)
            {
                Visit(child, entry, $"{path}.{name}", errors);
            }
            else if (!schema.PreserveUnknownFields && path.Length > 0 && path is not "metadata")
            {
                errors.Add($"{Join(path, name)}: unknown field");
            }
        }
    }

    private static void VisitList(JsonArray list, SchemaNode schema, string path, List<string> errors)
    {
        Count(list.Count, schema.MinItems, schema.MaxItems, path, errors);
        for (var index = 0; index < list.Count; index++)
        {
            Visit(list[index], schema.Items!, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), errors);
        }

        var keys = schema.ListType switch
        {
            "set" => list.Select(item => item!.ToJsonString()),
            "map" => list.Select(item => string.Join('/', schema.ListMapKeys!.Select(key => item?[key]?.ToJsonString()))),
            _ => [],
        };
        errors.AddRange(keys.GroupBy(key => key, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{path}: Duplicate value {group.Key}"));
    }

    private static void VisitScalar(JsonValue value, SchemaNode schema, string path, List<string> errors)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            if (number < schema.Minimum || number > schema.Maximum || (schema.ExclusiveMinimum && number == schema.Minimum) || (schema.ExclusiveMaximum && number == schema.Maximum))
            {
                errors.Add(FormattableString.Invariant($"{path} should be between {schema.Minimum} and {schema.Maximum}"));
            }
        }
        else if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            Count(text.Length, schema.MinLength, schema.MaxLength, path, errors);
            if (schema.Pattern is { } pattern && !TextPattern.Matches(pattern, text))
            {
                errors.Add($"{path} should match {pattern}");
            }

            if (schema.Enum is { } values && !values.Contains(text, StringComparer.Ordinal))
            {
                errors.Add($"{path}: Unsupported value: supported values: {string.Join(", ", values)}");
            }
        }
    }

    private static void Count(int count, int? minimum, int? maximum, string path, List<string> errors)
    {
        if (count < minimum || count > maximum)
        {
            errors.Add(FormattableString.Invariant($"{path} should have {minimum} to {maximum}, has {count}"));
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
