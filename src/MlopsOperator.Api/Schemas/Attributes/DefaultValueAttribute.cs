using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Json;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>What an API server fills in when the field is missing; the C# property must begin with the same value.</summary>
/// <param name="value">The value: a text, number, boolean or enum value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefaultValueAttribute(object value) : Attribute
{
    /// <summary>The default as JSON.</summary>
    public JsonNode? ToJson() => JsonSerializer.SerializeToNode(value, ApiJson.Options);
}
