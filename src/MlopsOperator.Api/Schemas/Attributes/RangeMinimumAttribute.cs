using System.Globalization;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Smallest number.</summary>
/// <param name="minimum">The number.</param>
/// <param name="exclusive">Whether the number itself is not allowed.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeMinimumAttribute(double minimum, bool exclusive = false) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Minimum = minimum;
        schema.ExclusiveMinimum = exclusive;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);

        // Not written the other way round: NaN is in no range.
        if (!(exclusive ? number > minimum : number >= minimum))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), FormattableString.Invariant($"a number {(exclusive ? "above" : "of at least")} {minimum}")));
        }
    }
}
