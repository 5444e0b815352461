using System.Collections;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The list is a set: each element once.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListSetAttribute : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.ListType = "set";
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, element) in FieldPaths.Elements(field, (IEnumerable)value))
        {
            if (!seen.Add((string)element))
            {
                problems.Add(new Problem(path, (string)element, "each entry once"));
            }
        }
    }
}
