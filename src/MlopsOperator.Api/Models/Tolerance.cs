using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>How far two numbers may differ: |got − expected| ≤ absolute + relative · |expected|.</summary>
public sealed record Tolerance
{
    /// <summary>Absolute part; 1e-4 by default.</summary>
    [RangeMinimum(0)]
    public double? Absolute { get; init; }

    /// <summary>Relative part; 1e-3 by default.</summary>
    [RangeMinimum(0)]
    public double? Relative { get; init; }
}
