namespace MlopsOperator.Api.Models;

/// <summary>A training run.</summary>
public sealed record LineageRun
{
    /// <summary>Where it can be looked at.</summary>
    public string? Uri { get; init; }

    /// <summary>Its identity there.</summary>
    public string? Id { get; init; }
}
