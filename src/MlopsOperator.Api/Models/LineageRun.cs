using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>A training run.</summary>
public sealed record LineageRun
{
    /// <summary>Where it can be looked at.</summary>
    [Length(1, 2048)]
    public string? Uri { get; init; }

    /// <summary>Its identity there.</summary>
    [Length(1, 253)]
    public string? Id { get; init; }
}
