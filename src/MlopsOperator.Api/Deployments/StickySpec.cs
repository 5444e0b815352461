using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Deployments;

/// <summary>What makes requests of one user stay with one version.</summary>
public sealed record StickySpec
{
    /// <summary>Name of the request header that carries the unit; a request without it is assigned at random.</summary>
    [Required]
    [Pattern(HttpNames.HeaderPattern, HttpNames.ExpectedHeader)]
    [Length(1, 64)]
    public string? Header { get; init; }
}
