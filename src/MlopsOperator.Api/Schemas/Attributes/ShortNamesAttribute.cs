namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>Short names of the kind for kubectl.</summary>
/// <param name="names">The names.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShortNamesAttribute(params string[] names) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => names;
}
