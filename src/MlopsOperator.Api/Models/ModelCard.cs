using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>Who answers for a model and what it is for.</summary>
public sealed record ModelCard
{
    /// <summary>Who answers for it.</summary>
    [Length(1, 253)]
    public string? Owner { get; init; }

    /// <summary>Licence of the model.</summary>
    [Length(1, 253)]
    public string? License { get; init; }

    /// <summary>What it is for.</summary>
    [Length(1, 4096)]
    public string? IntendedUse { get; init; }

    /// <summary>What it cannot do.</summary>
    [Length(1, 4096)]
    public string? Limitations { get; init; }

    /// <summary>Risk class in the user's own scheme.</summary>
    [Length(1, 253)]
    public string? RiskClass { get; init; }
}
