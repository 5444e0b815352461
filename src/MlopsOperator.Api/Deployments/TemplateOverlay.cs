using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Deployments;

/// <summary>What a deployment may change of its runtime's pod template. Environment and resources go to the container <c>server</c>.</summary>
public sealed record TemplateOverlay
{
    /// <summary>Labels of the pods.</summary>
    [PropertyLimits(0, 64)]
    [Length(0, 63, Elements = true)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations of the pods.</summary>
    [PropertyLimits(0, 64)]
    [Length(0, 16_384, Elements = true)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Resources of the container <c>server</c>.</summary>
    public V1ResourceRequirements? Resources { get; init; }

    /// <summary>Environment of the container <c>server</c>; a name of the runtime's template is replaced.</summary>
    [ListMapKeys("name")]
    [Items(0, 128)]
    public IReadOnlyList<V1EnvVar>? Env { get; init; }

    /// <summary>Labels that a node must have.</summary>
    [PropertyLimits(0, 64)]
    [Length(0, 63, Elements = true)]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints that the pods bear.</summary>
    [Items(0, 64)]
    public IReadOnlyList<V1Toleration>? Tolerations { get; init; }

    /// <summary>Scheduling preferences.</summary>
    public V1Affinity? Affinity { get; init; }

    /// <summary>Service account of the pods.</summary>
    [ObjectName]
    public string? ServiceAccountName { get; init; }
}
