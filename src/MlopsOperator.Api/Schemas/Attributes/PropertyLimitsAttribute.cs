using System.Collections;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Fewest and most entries of a map or a free object.</summary>
/// <param name="minimum">Fewest.</param>
/// <param name="maximum">Most.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PropertyLimitsAttribute(int minimum, int maximum) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.MinProperties = minimum == 0 ? null : minimum;
        schema.MaxProperties = maximum;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        EntryCount.Check((IEnumerable)value, minimum, maximum, field, problems);
    }
}
