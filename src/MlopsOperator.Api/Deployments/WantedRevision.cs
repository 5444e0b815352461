using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>What a spec asks for.</summary>
public sealed record WantedRevision
{
    /// <summary>Revision hash.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    [Length(0, 253)]
    public string ModelVersion { get; init; } = "";

    /// <summary>Generation of the ModelDeployment that asked for it.</summary>
    public long Generation { get; init; }
}
