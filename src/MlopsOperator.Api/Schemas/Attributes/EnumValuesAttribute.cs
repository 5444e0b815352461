using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The only texts that are allowed.</summary>
/// <param name="values">The texts.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EnumValuesAttribute(params string[] values) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Enum = values;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!values.Contains((string)value, StringComparer.Ordinal))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), values.Length == 1 ? values[0] : $"one of {string.Join(", ", values)}"));
        }
    }
}
