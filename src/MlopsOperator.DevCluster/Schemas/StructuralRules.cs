using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>What makes a schema structural, and whether its rules can be evaluated.</summary>
internal static class StructuralRules
{
    /// <param name="schema">The schema.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="isRoot">Whether it is that of a whole object.</param>
    /// <param name="uncorrelated">The list above it whose elements have no past, or null.</param>
    public static void Validate(JsonObject schema, string path, List<FieldError> errors, bool isRoot = true, string? uncorrelated = null)
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

        Rules(schema, path, uncorrelated, errors);
        foreach (var (name, child) in schema.Map("properties") ?? [])
        {
            Validate((JsonObject)child!, $"{path}.properties[{name}]", errors, isRoot: false, uncorrelated);
        }

        if (schema.Map("items") is { } items)
        {
            Validate(items, $"{path}.items", errors, isRoot: false, uncorrelated ?? (schema.Text("x-kubernetes-list-type") is "map" ? null : path));
        }

        if (schema.Map("additionalProperties") is { } values)
        {
            Validate(values, $"{path}.additionalProperties", errors, isRoot: false, uncorrelated);
        }
    }

    private static void Rules(JsonObject schema, string path, string? uncorrelated, List<FieldError> errors)
    {
        var rules = schema.List("x-kubernetes-validations") ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            var at = FormattableString.Invariant($"{path}.x-kubernetes-validations[{i}]");
            if (uncorrelated is not null && rules[i].Text("rule") is { } transition && RuleSyntax.UsesOldSelf(transition))
            {
                errors.Add(FieldError.InvalidText($"{at}.rule", transition, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelated}"));
            }

            if (rules[i].Flag("optionalOldSelf") is true)
            {
                errors.Add(FieldError.Forbidden($"{at}.optionalOldSelf", "this embedded cluster cannot judge it (a real server may): write one rule for creates and another, with oldSelf, for updates"));
            }

            foreach (var member in new[] { "rule", "messageExpression" })
            {
                if (rules[i].Text(member) is { } text && CrdRules.Problem(text) is { } problem)
                {
                    errors.Add(FieldError.InvalidText($"{at}.{member}", text, problem));
                }
            }
        }
    }
}
