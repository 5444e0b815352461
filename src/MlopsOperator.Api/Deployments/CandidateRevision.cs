using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>What is being rolled out.</summary>
public sealed record CandidateRevision
{
    /// <summary>Revision hash.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    [Length(0, 253)]
    public string ModelVersion { get; init; } = "";

    /// <summary>Share of requests, in ten-thousandths.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(10_000)]
    public int Weight { get; init; }

    /// <summary>Step of the rollout, such as <c>3/9 weight 10%</c>.</summary>
    [Length(0, 256)]
    public string? Step { get; init; }
}
