using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>How many more requests than stable's may be slower than stable's quantile.</summary>
public sealed record LatencyRule
{
    /// <summary>The quantile, between 0 and 1; 0.95 by default.</summary>
    [DefaultValue(0.95)]
    [RangeMinimum(0, exclusive: true)]
    [RangeMaximum(1, exclusive: true)]
    public double Quantile { get; init; } = 0.95;

    /// <summary>Allowed excess over the share 1 − quantile, such as 2.5%; 2.5% by default.</summary>
    [DefaultValue("2.5%")]
    [ShareText(isPositive: true)]
    public string Excess { get; init; } = "2.5%";
}
