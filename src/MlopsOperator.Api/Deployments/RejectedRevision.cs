namespace MlopsOperator.Api.Deployments;

/// <summary>A revision that was taken back and is not tried again.</summary>
public sealed record RejectedRevision
{
    /// <summary>Revision hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Outcome of the rollout that rejected it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }
}
