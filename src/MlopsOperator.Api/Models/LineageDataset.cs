namespace MlopsOperator.Api.Models;

/// <summary>A data set that a model was trained on.</summary>
public sealed record LineageDataset
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it is.</summary>
    public string? Uri { get; init; }

    /// <summary>Digest of its content.</summary>
    public string? Digest { get; init; }
}
