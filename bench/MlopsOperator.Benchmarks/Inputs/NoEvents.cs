using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Events;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>Where nothing is to be told: what is told all the same ends the run, as its figures would be of something else.</summary>
internal sealed class NoEvents : IEventRecorder
{
    public void Publish(IKubernetesObject<V1ObjectMeta> regarding, EventType type, string reason, string action, string note) =>
        throw new InvalidOperationException($"{reason}: {note}");
}
