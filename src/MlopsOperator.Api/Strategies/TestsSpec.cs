using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>What is tested before any traffic.</summary>
public sealed record TestsSpec
{
    /// <summary>Whether the version's golden requests are sent to a pod; true by default.</summary>
    [DefaultValue(true)]
    public bool Golden { get; init; } = true;
}
