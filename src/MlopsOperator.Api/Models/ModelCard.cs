namespace MlopsOperator.Api.Models;

/// <summary>Who answers for a model and what it is for.</summary>
public sealed record ModelCard
{
    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Licence of the model.</summary>
    public string? License { get; init; }

    /// <summary>What it is for.</summary>
    public string? IntendedUse { get; init; }

    /// <summary>What it cannot do.</summary>
    public string? Limitations { get; init; }

    /// <summary>Risk class in the user's own scheme.</summary>
    public string? RiskClass { get; init; }
}
