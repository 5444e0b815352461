using System.Reflection;
using k8s.Models;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>What KubernetesClient's types do not say of themselves: their properties carry no nullability.</summary>
internal static class KubernetesTypes
{
    /// <summary>Pattern of a quantity, as Kubernetes' own schemas have it.</summary>
    public const string QuantityPattern =
        @"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

    // Source: the required lists of Kubernetes' OpenAPI document for core/v1 and meta/v1; numbers that cannot be null are found by their type.
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(V1EnvVar)] = [nameof(V1EnvVar.Name)],
        [typeof(V1ConfigMapKeySelector)] = [nameof(V1ConfigMapKeySelector.Key)],
        [typeof(V1SecretKeySelector)] = [nameof(V1SecretKeySelector.Key)],
        [typeof(V1FileKeySelector)] = [nameof(V1FileKeySelector.Key), nameof(V1FileKeySelector.Path), nameof(V1FileKeySelector.VolumeName)],
        [typeof(V1ObjectFieldSelector)] = [nameof(V1ObjectFieldSelector.FieldPath)],
        [typeof(V1ResourceFieldSelector)] = [nameof(V1ResourceFieldSelector.Resource)],
        [typeof(Corev1ResourceClaim)] = [nameof(Corev1ResourceClaim.Name)],
        [typeof(V1NodeSelector)] = [nameof(V1NodeSelector.NodeSelectorTerms)],
        [typeof(V1NodeSelectorRequirement)] = [nameof(V1NodeSelectorRequirement.Key), nameof(V1NodeSelectorRequirement.OperatorProperty)],
        [typeof(V1PreferredSchedulingTerm)] = [nameof(V1PreferredSchedulingTerm.Preference)],
        [typeof(V1PodAffinityTerm)] = [nameof(V1PodAffinityTerm.TopologyKey)],
        [typeof(V1WeightedPodAffinityTerm)] = [nameof(V1WeightedPodAffinityTerm.PodAffinityTerm)],
        [typeof(V1LabelSelectorRequirement)] = [nameof(V1LabelSelectorRequirement.Key), nameof(V1LabelSelectorRequirement.OperatorProperty)],
        [typeof(V1HTTPGetAction)] = [nameof(V1HTTPGetAction.Port)],
        [typeof(V1HTTPHeader)] = [nameof(V1HTTPHeader.Name), nameof(V1HTTPHeader.Value)],
        [typeof(V1TCPSocketAction)] = [nameof(V1TCPSocketAction.Port)],
    };

    /// <summary>Whether Kubernetes requires a field.</summary>
    /// <param name="property">Property of a KubernetesClient type.</param>
    /// <returns>True for numbers that cannot be null, and for what is listed here.</returns>
    public static bool IsRequired(PropertyInfo property) =>
        (property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null && property.PropertyType != typeof(IntOrString))
        || (Required.TryGetValue(property.DeclaringType!, out var names) && names.Contains(property.Name, StringComparer.Ordinal));
}
