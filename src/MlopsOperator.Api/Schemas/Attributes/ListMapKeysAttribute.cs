using System.Collections;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The list is a map by a field of its elements: each key once, merged by key on apply.</summary>
/// <param name="key">The field, in camelCase.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListMapKeysAttribute(string key) : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.ListType = "map";
        schema.ListMapKeys = [key];
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, element) in FieldPaths.Elements(field, (IEnumerable)value))
        {
            var found = FieldPaths.Member(element, key);
            if (string.IsNullOrEmpty(found))
            {
                problems.Add(new Problem($"{path}.{key}", null, $"the {key} of the entry"));
            }
            else if (!seen.Add(found))
            {
                problems.Add(new Problem($"{path}.{key}", found, $"a {key} that no other entry has"));
            }
        }
    }
}
