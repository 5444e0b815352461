using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The text is a <see cref="Digest"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DigestTextAttribute : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Pattern = Digest.Pattern;
        schema.MaxLength = Digest.Length;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!Digest.TryParse((string)value, out _))
        {
            problems.Add(new Problem(field, FieldPaths.Found(value), Digest.Expected));
        }
    }
}
