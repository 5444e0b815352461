using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>A data set that a model was trained on.</summary>
public sealed record LineageDataset
{
    /// <summary>Name.</summary>
    [Length(1, 253)]
    public string Name { get; init; } = "";

    /// <summary>Where it is.</summary>
    [Length(1, 2048)]
    public string? Uri { get; init; }

    /// <summary>Digest of its content.</summary>
    [Length(1, 256)]
    public string? Digest { get; init; }
}
