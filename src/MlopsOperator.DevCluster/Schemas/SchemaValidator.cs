using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Checks custom resources against their structural schema, in the words of the real server.</summary>
internal static class SchemaValidator
{
    /// <summary>Errors of a whole object: what the schema says, then what its rules say.</summary>
    public static IReadOnlyList<FieldError> Validate(JsonObject value, JsonObject? old, Schema schema, string root = "")
    {
        var errors = new SchemaErrors();
        Check(value, schema, root, errors);
        if (errors.BlocksRules)
        {
            errors.Add(FieldError.Invalid("<nil>", "null", "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
        }
        else
        {
            CrdRules.Check(value, old, schema, root, errors);
        }

        return errors.All;
    }

    private static void Check(JsonNode? value, Schema schema, string path, SchemaErrors errors)
    {
        if (value is null)
        {
            if (!schema.Nullable && schema.Type is not SchemaType.Any)
            {
                errors.Add(TypeError(path, "null", schema), blocksRules: true);
            }

            return;
        }

        if (!Fits(value, schema))
        {
            errors.Add(TypeError(path, GoType(value), schema), blocksRules: true);
            return;
        }

        switch (value)
        {
            case JsonObject map:
                CheckMap(map, schema, path, errors);
                break;
            case JsonArray list:
                CheckList(list, schema, path, errors);
                break;
            case JsonValue scalar:
                ScalarChecks.Check(scalar, schema, path, errors);
                break;
        }

        CheckEnum(value, schema, path, errors);
        CheckBranches(value, schema, path, errors);
    }

    private static void CheckMap(JsonObject map, Schema schema, string path, SchemaErrors errors)
    {
        foreach (var name in schema.Constraints?.Required ?? [])
        {
            if (!map.ContainsKey(name))
            {
                errors.Add(FieldError.Required(Join(path, name)), blocksRules: true);
            }
        }

        if (schema.Constraints?.MinProperties is { } least && map.Count < least)
        {
            errors.Add(FieldError.Invalid(Name(path), JsonBytes.Text(map), string.Create(CultureInfo.InvariantCulture, $"{path} in body should have at least {least} properties")));
        }

        if (schema.Constraints?.MaxProperties is { } most && map.Count > most)
        {
            errors.Add(new FieldError("FieldValueTooMany", Name(path), string.Create(CultureInfo.InvariantCulture, $"Too many: {map.Count}: must have at most {most} items")), blocksRules: true);
        }

        foreach (var (name, child) in map)
        {
            if (path.Length == 0 && name is "metadata" or "kind" or "apiVersion")
            {
                continue;
            }

            if (schema.Field(name) is { } field)
            {
                Check(child, field, Join(path, name), errors);
            }
        }
    }

    private static void CheckList(JsonArray list, Schema schema, string path, SchemaErrors errors)
    {
        if (schema.Constraints?.MinItems is { } least && list.Count < least)
        {
            errors.Add(FieldError.Invalid(path, string.Create(CultureInfo.InvariantCulture, $"{list.Count}"), string.Create(CultureInfo.InvariantCulture, $"{path} in body should have at least {least} items")));
        }

        if (schema.Constraints?.MaxItems is { } most && list.Count > most)
        {
            errors.Add(new FieldError("FieldValueTooMany", path, string.Create(CultureInfo.InvariantCulture, $"Too many: {list.Count}: must have at most {most} items")), blocksRules: true);
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (schema.Items is { } items)
            {
                Check(list[i], items, FormattableString.Invariant($"{path}[{i}]"), errors);
            }
        }

        CheckUnique(list, schema, path, errors);
    }

    private static void CheckUnique(JsonArray list, Schema schema, string path, SchemaErrors errors)
    {
        if (schema.ListKind == ListKind.Atomic)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var key = schema.ListKind == ListKind.Set ? list[i]?.DeepClone()
                : new JsonObject(schema.ListMapKeys.Where(k => list[i].At(k) is not null).Select(k => KeyValuePair.Create(k, list[i].At(k)?.DeepClone())));
            var text = JsonBytes.Text(key);
            if (!seen.Add(text))
            {
                errors.Add(FieldError.Duplicate(FormattableString.Invariant($"{path}[{i}]"), text));
            }
        }
    }

    private static void CheckEnum(JsonNode value, Schema schema, string path, SchemaErrors errors)
    {
        if (schema.Constraints?.Enum is { } allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            var texts = allowed.Select(a => a?.GetValueKind() == JsonValueKind.String ? a.GetValue<string>() : JsonBytes.Text(a));
            errors.Add(FieldError.NotSupported(path, JsonBytes.Text(value), texts), blocksRules: true);
        }
    }

    private static void CheckBranches(JsonNode value, Schema schema, string path, SchemaErrors errors)
    {
        if (schema.Constraints is not { } constraints)
        {
            return;
        }

        foreach (var branch in constraints.AllOf)
        {
            Check(value, branch, path, errors);
        }

        if (constraints.AnyOf.Count > 0 && !constraints.AnyOf.Any(Satisfied))
        {
            errors.Add(FieldError.Invalid("<nil>", "\"\"", $"\"{path}\" must validate at least one schema (anyOf)"));
            Check(value, constraints.AnyOf[0], path, errors);
        }

        if (constraints.OneOf.Count > 0 && !constraints.OneOf.Any(Satisfied))
        {
            errors.Add(FieldError.Invalid("<nil>", "\"\"", $"\"{path}\" must validate one and only one schema (oneOf). Found none valid"));
            Check(value, constraints.OneOf[0], path, errors);
        }
        else if (constraints.OneOf.Count > 0 && constraints.OneOf.Count(Satisfied) is var count and not 1)
        {
            errors.Add(FieldError.Invalid("<nil>", "\"\"", $"\"{path}\" must validate one and only one schema (oneOf). {string.Create(CultureInfo.InvariantCulture, $"Found {count} valid alternatives")}"));
        }

        if (constraints.Not is { } not && Satisfied(not))
        {
            errors.Add(FieldError.Invalid("<nil>", "\"\"", $"\"{path}\" must not validate the schema (not)"));
        }

        bool Satisfied(Schema branch)
        {
            var found = new SchemaErrors();
            Check(value, branch, path, found);
            return found.All.Count == 0;
        }
    }

    private static bool Fits(JsonNode value, Schema schema) => schema.Type switch
    {
        SchemaType.Object => value is JsonObject,
        SchemaType.Array => value is JsonArray,
        SchemaType.String => value.GetValueKind() == JsonValueKind.String,
        SchemaType.Integer => value.GetValueKind() == JsonValueKind.Number && ScalarChecks.IsWhole(value),
        SchemaType.Number => value.GetValueKind() == JsonValueKind.Number,
        SchemaType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        SchemaType.IntOrString => value.GetValueKind() == JsonValueKind.String || (value.GetValueKind() == JsonValueKind.Number && ScalarChecks.IsWhole(value)),
        _ => true,
    };

    private static FieldError TypeError(string path, string found, Schema schema)
    {
        var type = schema.Type == SchemaType.IntOrString ? "integer,string" : schema.Type.ToString().ToLowerInvariant();
        return new FieldError("FieldValueTypeInvalid", Name(path), $"Invalid value: \"{found}\": {path} in body must be of type {type}: \"{found}\"");
    }

    private static string GoType(JsonNode value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => ScalarChecks.IsWhole(value) ? "integer" : "number",
            _ => "boolean",
        },
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Name(string path) => path.Length == 0 ? "<nil>" : path;
}
