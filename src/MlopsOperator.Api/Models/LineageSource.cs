using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>Source code of a training.</summary>
public sealed record LineageSource
{
    /// <summary>Repository.</summary>
    [Length(1, 2048)]
    public string? Repository { get; init; }

    /// <summary>Commit.</summary>
    [Length(1, 253)]
    public string? Commit { get; init; }
}
