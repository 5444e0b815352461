namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>
/// A status that a reconciler writes: the CRD defaults it to <c>observedGeneration: -1</c>, so that kstatus and Helm wait for the first look.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AwaitedStatusAttribute : Attribute;
