using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>What the share of failed requests must hold.</summary>
[ValidationRule("has(self.ceiling) || has(self.ratio)", "expected a ceiling, a ratio or both")]
public sealed record ErrorRateRule
{
    /// <summary>Highest allowed share, such as 1%; none when absent.</summary>
    [ShareText(isPositive: true)]
    public string? Ceiling { get; init; }

    /// <summary>Highest allowed ratio of the candidate's odds to stable's, at least 1; none when absent.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(1000)]
    public double? Ratio { get; init; }

    /// <summary>Share below which the ratio does not matter, such as 0.1%; 0.1% by default.</summary>
    [ShareText(isPositive: true)]
    public string? Floor { get; init; }
}
