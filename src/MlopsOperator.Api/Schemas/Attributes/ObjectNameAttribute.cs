using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The text is the name of an object (RFC 1123 subdomain).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectNameAttribute : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Pattern = ResourceNames.Dns1123SubdomainPattern;
        schema.MinLength = 1;
        schema.MaxLength = ResourceNames.SubdomainMaximum;
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!ResourceNames.IsDns1123Subdomain((string)value))
        {
            problems.Add(new Problem(field, FieldPaths.Found((string)value), ResourceNames.ExpectedSubdomain));
        }
    }
}
