using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The text is a <see cref="Share"/> above a minimum.</summary>
/// <param name="isPositive">Whether 0 % is refused.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShareTextAttribute(bool isPositive = false) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Pattern = Share.Pattern;
        schema.MaxLength = Share.MaximumLength;
        if (isPositive)
        {
            // Zero has no other digit than 0 in any of its spellings.
            schema.Rules.Add(new RuleNode("self.matches('[1-9]')", "must be above 0%"));
        }
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!Share.TryParse((string)value, out var share))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), Share.Expected));
        }
        else if (isPositive && share.TenThousandths == 0)
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), "a share above 0%"));
        }
    }
}
