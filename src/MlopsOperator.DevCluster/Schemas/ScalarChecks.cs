using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Checks of strings and numbers.</summary>
internal static class ScalarChecks
{
    public static void Check(JsonValue value, Schema schema, string path, SchemaErrors errors)
    {
        if (schema.Constraints is not { } constraints)
        {
            return;
        }

        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                CheckString(value.GetValue<string>(), schema, constraints, path, errors);
                break;
            case JsonValueKind.Number:
                CheckNumber(value, constraints, path, errors);
                break;
        }
    }

    public static bool IsWhole(JsonNode value)
    {
        var number = Number(value);
        return number == Math.Floor(number) && !double.IsInfinity(number);
    }

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static void CheckString(string text, Schema schema, Constraints constraints, string path, SchemaErrors errors)
    {
        var quoted = FieldError.Quote(text);
        var length = new StringInfo(text).LengthInTextElements;
        length = text.EnumerateRunes().Count() is var runes && runes != length ? runes : length;
        if (constraints.MaxLength is { } most && length > most)
        {
            errors.Add(new FieldError("FieldValueTooLong", path, string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {most} bytes")), blocksRules: true);
        }

        if (constraints.MinLength is { } least && length < least)
        {
            errors.Add(FieldError.Invalid(path, quoted, string.Create(CultureInfo.InvariantCulture, $"{path} in body should be at least {least} chars long")));
        }

        if (constraints.Pattern is { } pattern && !Patterns.Matches(text, pattern))
        {
            errors.Add(FieldError.Invalid(path, quoted, $"{path} in body should match '{pattern}'"));
        }

        if (schema.Format is { } format && !Formats.IsValid(text, format))
        {
            errors.Add(FieldError.Invalid(path, quoted, $"{path} in body must be of type {format}: {quoted}") with { Reason = "FieldValueTypeInvalid" }, blocksRules: true);
        }
    }

    private static void CheckNumber(JsonValue value, Constraints constraints, string path, SchemaErrors errors)
    {
        var number = Number(value);
        var text = value.ToJsonString();
        if (constraints.Minimum is { } least && (constraints.ExclusiveMinimum ? number <= Number(least) : number < Number(least)))
        {
            errors.Add(FieldError.Invalid(path, text, $"{path} in body should be greater than {(constraints.ExclusiveMinimum ? "" : "or equal to ")}{JsonBytes.Text(least)}"));
        }

        if (constraints.Maximum is { } most && (constraints.ExclusiveMaximum ? number >= Number(most) : number > Number(most)))
        {
            errors.Add(FieldError.Invalid(path, text, $"{path} in body should be less than {(constraints.ExclusiveMaximum ? "" : "or equal to ")}{JsonBytes.Text(most)}"));
        }

        if (constraints.MultipleOf is { } factor && factor > 0 && Math.Abs((number / factor) - Math.Round(number / factor)) > 1e-9)
        {
            errors.Add(FieldError.Invalid(path, text, string.Create(CultureInfo.InvariantCulture, $"{path} in body should be a multiple of {factor}")));
        }
    }
}
