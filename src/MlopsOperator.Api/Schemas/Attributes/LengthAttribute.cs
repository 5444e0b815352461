using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Shortest and longest text, in characters.</summary>
/// <param name="minimum">Shortest.</param>
/// <param name="maximum">Longest.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LengthAttribute(int minimum, int maximum) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.MinLength = minimum == 0 ? null : minimum;
        schema.MaxLength = maximum;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        // API servers count code points.
        var length = ((string)value).EnumerateRunes().Count();
        if (length < minimum || length > maximum)
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), EntryCount.Range(minimum, maximum) + " characters"));
        }
    }
}
