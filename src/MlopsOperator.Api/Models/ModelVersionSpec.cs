using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>What a trained model is. Immutable: publish a new ModelVersion for a new model.</summary>
[ValidationRule("self == oldSelf", "the spec of a ModelVersion cannot be changed; create another ModelVersion for another model", Reason = "FieldValueForbidden")]
public sealed record ModelVersionSpec
{
    /// <summary>Name of the model, the same for all its versions; the model's name in Open Inference Protocol paths.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 128)]
    public string Model { get; init; } = "";

    /// <summary>Version of the model, for people and for MODEL_VERSION.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 63)]
    public string Version { get; init; } = "";

    /// <summary>Format of the artifact; runtimes are chosen by it.</summary>
    public ModelFormat Format { get; init; } = new();

    /// <summary>Where the bytes are and what they must be.</summary>
    public ModelArtifact Artifact { get; init; } = new();

    /// <summary>Inputs and outputs, with the names and datatypes of the Open Inference Protocol.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>Where the model comes from.</summary>
    public ModelLineage? Lineage { get; init; }

    /// <summary>Who answers for the model and what it is for.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>Results of offline evaluations.</summary>
    [Items(0, 64)]
    public IReadOnlyList<ModelEvaluation>? Evaluations { get; init; }

    /// <summary>Golden requests, sent to a pod before it gets any traffic.</summary>
    [Items(0, 32)]
    [ListMapKeys("name")]
    public IReadOnlyList<GoldenTest>? Tests { get; init; }
}
