using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace MlopsOperator.Api;

/// <summary>What all custom resources have: type, metadata, a user's spec and the operator's status.</summary>
/// <typeparam name="TSpec">Shape of the spec.</typeparam>
/// <typeparam name="TStatus">Shape of the status.</typeparam>
public abstract class CustomResource<TSpec, TStatus> : IKubernetesObject<V1ObjectMeta>, ISpec<TSpec>, IStatus<TStatus?>
    where TSpec : class, new()
    where TStatus : class
{
    /// <inheritdoc />
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = ApiGroup.GroupVersion;

    /// <inheritdoc />
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    [JsonPropertyName("spec")]
    public TSpec Spec { get; set; } = new();

    /// <summary>What the operator has observed; absent until its first look.</summary>
    [JsonPropertyName("status")]
    public TStatus? Status { get; set; }
}
