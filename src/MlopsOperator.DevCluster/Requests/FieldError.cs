namespace MlopsOperator.DevCluster.Requests;

/// <summary>What is wrong with one field, in the server's words.</summary>
internal sealed record FieldError(string Reason, string Field, string Message)
{
    public static FieldError Required(string field, string detail = "") =>
        new("FieldValueRequired", field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    /// <param name="field">Path of the field.</param>
    /// <param name="value">The value as JSON.</param>
    /// <param name="detail">What was expected.</param>
    public static FieldError Invalid(string field, string value, string detail) => new("FieldValueInvalid", field, $"Invalid value: {value}: {detail}");

    public static FieldError InvalidText(string field, string value, string detail) => Invalid(field, Quote(value), detail);

    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, $"Forbidden: {detail}");

    public static FieldError Duplicate(string field, string value) => new("FieldValueDuplicate", field, $"Duplicate value: {value}");

    public static FieldError NotSupported(string field, string value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field, $"Unsupported value: {value}: supported values: {string.Join(", ", supported.Select(Quote))}");

    public static string Quote(string value) => Storage.JsonBytes.Text(System.Text.Json.Nodes.JsonValue.Create(value));
}
