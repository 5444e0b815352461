using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;

namespace MlopsOperator.Api.Revisions;

/// <summary>
/// Content of a ControllerRevision: everything that a revision is made of, copied when it was first wanted, so that deleting or editing its sources
/// changes nothing that serves.
/// </summary>
public sealed record RevisionContent
{
    /// <summary>Version of the revision hash.</summary>
    public int HashVersion { get; init; }

    /// <summary>Hash over the user's normalised input (version digest, template, runtimeRef): equal input keeps its revision.</summary>
    public string InputHash { get; init; } = "";

    /// <summary>Name of the ModelVersion.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Spec of the ModelVersion.</summary>
    public ModelVersionSpec Model { get; init; } = new();

    /// <summary>Name of the runtime.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Spec of the runtime.</summary>
    public ModelRuntimeSpec RuntimeSpec { get; init; } = new();

    /// <summary>The deployment's overlay.</summary>
    public TemplateOverlay? Template { get; init; }
}
