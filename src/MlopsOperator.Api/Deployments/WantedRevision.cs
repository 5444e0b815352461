namespace MlopsOperator.Api.Deployments;

/// <summary>What a spec asks for.</summary>
public sealed record WantedRevision
{
    /// <summary>Revision hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Generation of the ModelDeployment that asked for it.</summary>
    public long Generation { get; init; }
}
