using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>A kind whose status has conditions.</summary>
[KubernetesEntity(Group = "test.dev", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
internal sealed class Gadget : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "test.dev/v1";

    public string Kind { get; set; } = "Gadget";

    public V1ObjectMeta Metadata { get; set; } = new();

    public WidgetSpec Spec { get; set; } = new();

    public GadgetStatus? Status { get; set; }
}

internal sealed class GadgetStatus
{
    public string? Message { get; set; }

    public IList<V1Condition>? Conditions { get; set; }
}
