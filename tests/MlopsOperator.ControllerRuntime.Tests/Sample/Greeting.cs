using k8s;
using k8s.Models;

namespace Greetings;

[KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Greeting", PluralName = "greetings")]
public sealed class Greeting : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public GreetingSpec Spec { get; set; } = new("");
}

public sealed record GreetingSpec(string Name);
