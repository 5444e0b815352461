namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Objects of the kind are in no namespace.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ClusterScopedAttribute : Attribute;
