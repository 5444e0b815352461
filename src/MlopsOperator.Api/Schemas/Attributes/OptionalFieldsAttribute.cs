namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>No field of the type is required, whatever its nullability says: a status exists before anything was observed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OptionalFieldsAttribute : Attribute;
