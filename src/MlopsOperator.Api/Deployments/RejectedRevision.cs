using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>A revision that was taken back and is not tried again.</summary>
public sealed record RejectedRevision
{
    /// <summary>Revision hash.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    [Length(0, 253)]
    public string ModelVersion { get; init; } = "";

    /// <summary>Outcome of the rollout that rejected it.</summary>
    [Length(0, 1024)]
    public string Reason { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }
}
