using System.Collections;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>
/// A limit of a property, written once: into the schema for API servers, and checked in C# for objects that were stored before the schema
/// knew it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SchemaAttribute : Attribute
{
    /// <summary>Whether it is meant for the elements of a list or the values of a map instead of the property itself.</summary>
    public bool Elements { get; init; }

    /// <summary>Writes the limit into the schema of the property, or of its elements.</summary>
    /// <param name="schema">The schema.</param>
    public abstract void Apply(SchemaNode schema);

    /// <summary>Checks a value against the limit.</summary>
    /// <param name="value">The property's value, or one of its elements; never null.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public abstract void Check(object value, string field, ICollection<Problem> problems);

    /// <summary>Checks a property's value, or each of its elements.</summary>
    /// <param name="value">The property's value.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public void CheckProperty(object value, string field, ICollection<Problem> problems)
    {
        if (!Elements)
        {
            Check(value, field, problems);
            return;
        }

        foreach (var (path, element) in FieldPaths.Elements(field, (IEnumerable)value))
        {
            Check(element, path, problems);
        }
    }
}
