namespace MlopsOperator.Api.Models;

/// <summary>How far two numbers may differ: |got − expected| ≤ absolute + relative · |expected|.</summary>
public sealed record Tolerance
{
    /// <summary>Absolute part; 1e-4 by default.</summary>
    public double? Absolute { get; init; }

    /// <summary>Relative part; 1e-3 by default.</summary>
    public double? Relative { get; init; }
}
