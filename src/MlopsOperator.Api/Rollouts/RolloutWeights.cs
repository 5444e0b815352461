using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Shares of requests in ten-thousandths; stable and candidate sum to 10,000.</summary>
public sealed record RolloutWeights
{
    /// <summary>Share of <c>from</c> (of <c>to</c> once it is the only one).</summary>
    [RangeMinimum(0)]
    [RangeMaximum(10_000)]
    public int Stable { get; init; }

    /// <summary>Share of <c>to</c>.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(10_000)]
    public int Candidate { get; init; }
}
