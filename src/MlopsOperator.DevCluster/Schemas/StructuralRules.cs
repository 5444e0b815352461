using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>What makes a schema structural, and whether its rules can be evaluated.</summary>
internal static class StructuralRules
{
    public static void Validate(JsonObject schema, string path, List<FieldError> errors, bool isRoot = true)
    {
        var free = schema.Flag("x-kubernetes-int-or-string") is true || schema.Flag("x-kubernetes-preserve-unknown-fields") is true;
        if (schema["type"].IsEmptyText() && !free)
        {
            errors.Add(FieldError.Required($"{path}.type", isRoot ? "must not be empty at the root" : "must not be empty for specified object fields"));
        }
        else if (isRoot && schema.Text("type") is not "object")
        {
            errors.Add(FieldError.InvalidText($"{path}.type", schema.Text("type") ?? "", "must be object at the root"));
        }

        if (schema["$ref"] is not null)
        {
            errors.Add(FieldError.Forbidden($"{path}.$ref", "$ref is not supported"));
        }

        if (schema.Flag("uniqueItems") is true)
        {
            errors.Add(FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }

        Rules(schema, path, errors);
        foreach (var (name, child) in schema.Map("properties") ?? [])
        {
            Validate((JsonObject)child!, $"{path}.properties[{name}]", errors, isRoot: false);
        }

        foreach (var name in new[] { "items", "additionalProperties" })
        {
            if (schema.Map(name) is { } child)
            {
                Validate(child, $"{path}.{name}", errors, isRoot: false);
            }
        }
    }

    private static void Rules(JsonObject schema, string path, List<FieldError> errors)
    {
        var rules = schema.List("x-kubernetes-validations") ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var member in new[] { "rule", "messageExpression" })
            {
                if (rules[i].Text(member) is { } text && CrdRules.Problem(text) is { } problem)
                {
                    errors.Add(FieldError.InvalidText(FormattableString.Invariant($"{path}.x-kubernetes-validations[{i}].{member}"), text, problem));
                }
            }
        }
    }
}
