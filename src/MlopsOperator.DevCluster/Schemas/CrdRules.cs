using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cel;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>
/// x-kubernetes-validations. The Cel package evaluates; what it gets wrong is mended here and in <see cref="RuleFunctions"/>,
/// <see cref="RuleSyntax"/> and <see cref="RuleValues"/>.
/// </summary>
internal static class CrdRules
{
    private static readonly Lazy<CelEnvironment> Environment = new(RuleFunctions.NewEnvironment);
    private static readonly ConcurrentDictionary<string, CelProgramDelegate> Compiled = new(StringComparer.Ordinal);

    /// <summary>Why a rule cannot be used, or null.</summary>
    public static string? Problem(string rule)
    {
        if (RuleSyntax.Problem(rule) is { } syntax)
        {
            return syntax;
        }

        try
        {
            Compile(rule);
            return null;
        }
        catch (CelException e)
        {
            return $"compilation failed: {e.Message}";
        }
    }

    /// <summary>Evaluates all rules of a value and of what lies below it.</summary>
    public static void Check(JsonNode? value, JsonNode? old, Schema schema, string path, SchemaErrors errors)
    {
        if (value is null)
        {
            return;
        }

        foreach (var rule in schema.Constraints?.Rules ?? [])
        {
            if (!rule.IsTransition || old is not null)
            {
                Evaluate(rule, value, old, schema, path, errors);
            }
        }

        switch (value)
        {
            case JsonObject map:
                foreach (var (name, child) in map)
                {
                    if (schema.Field(name) is { } field && !(path.Length == 0 && name is "metadata"))
                    {
                        Check(child, old.At(name), field, Below(path, name, schema), errors);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Check(list[i], Correlated(list[i], old as JsonArray, schema), items, FormattableString.Invariant($"{path}[{i}]"), errors);
                }

                break;
        }
    }

    private static string Below(string path, string name, Schema schema) =>
        path.Length == 0 ? name : schema.Declares(name) ? $"{path}.{name}" : $"{path}[{name}]";

    /// <summary>The old element with the same key; elements of other lists have no past.</summary>
    private static JsonNode? Correlated(JsonNode? item, JsonArray? old, Schema schema) => schema.ListKind != ListKind.Map ? null
        : old?.FirstOrDefault(o => schema.ListMapKeys.All(key => JsonNode.DeepEquals(o.At(key), item.At(key))));

    private static void Evaluate(ValidationRule rule, JsonNode value, JsonNode? old, Schema schema, string path, SchemaErrors errors)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["self"] = RuleValues.Of(value, schema, path.Length == 0) };
        if (old is not null)
        {
            variables["oldSelf"] = RuleValues.Of(old, schema, path.Length == 0);
        }

        try
        {
            switch (Compile(rule.Rule)(variables))
            {
                case true:
                    return;
                case false:
                    errors.Add(Failure(rule, variables, path));
                    return;
                case var other:
                    errors.Add(FieldError.Invalid(Name(path), "\"\"", $"rule evaluation error: the rule gave {other ?? "null"}, not a boolean (rule: {rule.Rule})"));
                    return;
            }
        }
        catch (Exception e) when (e is CelException or InvalidOperationException or FormatException or ArgumentException or InvalidCastException)
        {
            errors.Add(FieldError.Invalid(Name(path), "\"\"", $"rule evaluation error: {e.Message} (rule: {rule.Rule})"));
        }
    }

    private static FieldError Failure(ValidationRule rule, Dictionary<string, object?> variables, string path)
    {
        var message = rule.MessageExpression is { } expression ? Message(expression, variables) : null;
        message ??= rule.Message ?? $"failed rule: {rule.Rule}";
        var field = rule.FieldPath is { Length: > 0 } below ? path + below : path;
        if (path.Length == 0)
        {
            field = field.TrimStart('.');
        }

        return rule.Reason switch
        {
            "FieldValueForbidden" => FieldError.Forbidden(Name(field), message),
            "FieldValueRequired" => FieldError.Required(Name(field), message),
            "FieldValueDuplicate" => FieldError.Duplicate(Name(field), message),
            _ => new FieldError("FieldValueInvalid", Name(field), $"Invalid value: {message}"),
        };
    }

    private static string? Message(string expression, Dictionary<string, object?> variables)
    {
        try
        {
            return Compile(expression)(variables) is string { Length: > 0 } text ? text.Trim() : null;
        }
        catch (Exception e) when (e is CelException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Name(string path) => path.Length == 0 ? "<nil>" : path;

    private static CelProgramDelegate Compile(string rule) => Compiled.GetOrAdd(rule, static text => Environment.Value.Compile(text));
}
