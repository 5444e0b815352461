using System.Globalization;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Largest number.</summary>
/// <param name="maximum">The number.</param>
/// <param name="exclusive">Whether the number itself is not allowed.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeMaximumAttribute(double maximum, bool exclusive = false) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Maximum = maximum;
        schema.ExclusiveMaximum = exclusive;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (!(exclusive ? number < maximum : number <= maximum))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), FormattableString.Invariant($"a number {(exclusive ? "below" : "of at most")} {maximum}")));
        }
    }
}
