using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>How a model format is served.</summary>
public sealed record ModelRuntimeSpec
{
    /// <summary>Formats that this runtime serves.</summary>
    [Items(1, 32)]
    [ListMapKeys("name")]
    public IReadOnlyList<RuntimeFormat> Formats { get; init; } = [];

    /// <summary>Protocol that the server speaks; OpenInferenceV2 by default.</summary>
    [DefaultValue(InferenceProtocol.OpenInferenceV2)]
    public InferenceProtocol Protocol { get; init; } = InferenceProtocol.OpenInferenceV2;

    /// <summary>Port that the server listens on; 8080 by default.</summary>
    [DefaultValue(8080)]
    [RangeMinimum(1)]
    [RangeMaximum(65_535)]
    public int Port { get; init; } = 8080;

    /// <summary>
    /// Pod template (core/v1 PodTemplateSpec) with a container <c>server</c>. Every container gets MODEL_NAME, MODEL_VERSION and MODEL_PATH;
    /// <c>$(MODEL_PATH)</c> in args is Kubernetes' own expansion.
    /// </summary>
    [PodTemplate]
    public JsonObject Template { get; init; } = [];

    /// <summary>Where the server shows its Prometheus metrics.</summary>
    public RuntimeMetrics? Metrics { get; init; }
}
