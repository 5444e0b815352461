using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>Where a model comes from.</summary>
public sealed record ModelLineage
{
    /// <summary>Source code of the training.</summary>
    public LineageSource? Source { get; init; }

    /// <summary>The training run.</summary>
    public LineageRun? Run { get; init; }

    /// <summary>Data sets that it was trained on.</summary>
    [Items(0, 32)]
    public IReadOnlyList<LineageDataset>? Datasets { get; init; }

    /// <summary>Who or what made it.</summary>
    [Length(1, 253)]
    public string? CreatedBy { get; init; }
}
