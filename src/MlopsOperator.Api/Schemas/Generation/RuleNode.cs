namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>A rule in CEL at a place of a schema.</summary>
/// <param name="Rule">The expression.</param>
/// <param name="Message">What is expected, in one line.</param>
/// <param name="FieldPath">Field to blame, relative to the place.</param>
/// <param name="Reason">FieldValueInvalid when absent.</param>
internal sealed record RuleNode(string Rule, string Message, string? FieldPath = null, string? Reason = null);
