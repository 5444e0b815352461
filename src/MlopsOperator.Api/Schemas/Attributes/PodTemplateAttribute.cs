using System.Text.Json.Nodes;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The object is a pod template: typed where explain helps, the rest preserved.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PodTemplateAttribute : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        PodTemplateSchema.Fill(schema);
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        PodTemplateRules.Check((JsonObject)value, field, problems);
    }
}
