using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Names an object of which nothing else could be read.</summary>
internal sealed class UndecodableObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = string.Empty;

    public string Kind { get; set; } = string.Empty;

    public V1ObjectMeta Metadata { get; set; } = new();
}
