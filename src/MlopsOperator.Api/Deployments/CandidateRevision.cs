namespace MlopsOperator.Api.Deployments;

/// <summary>What is being rolled out.</summary>
public sealed record CandidateRevision
{
    /// <summary>Revision hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Share of requests, in ten-thousandths.</summary>
    public int Weight { get; init; }

    /// <summary>Step of the rollout, such as <c>3/9 weight 10%</c>.</summary>
    public string? Step { get; init; }
}
