namespace MlopsOperator.Api.Strategies;

/// <summary>What the share of failed requests must hold.</summary>
public sealed record ErrorRateRule
{
    /// <summary>Highest allowed share, such as 1%; none when absent.</summary>
    public string? Ceiling { get; init; }

    /// <summary>Highest allowed ratio of the candidate's odds to stable's, at least 1; none when absent.</summary>
    public double? Ratio { get; init; }

    /// <summary>Share below which the ratio does not matter, such as 0.1%; 0.1% by default.</summary>
    public string? Floor { get; init; }
}
