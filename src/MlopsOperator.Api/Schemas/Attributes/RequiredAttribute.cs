namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The field is required although its C# property can be null (a manifest stored before may lack it).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredAttribute : Attribute;
