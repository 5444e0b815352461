using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Regular expression (RE2, as API servers read it) that a text must match.</summary>
/// <param name="pattern">The expression, anchored.</param>
/// <param name="expected">What it means, as the rest of a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatternAttribute(string pattern, string expected) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Pattern = pattern;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!TextPattern.Matches(pattern, (string)value))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), expected));
        }
    }
}
