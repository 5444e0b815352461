using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>Publishes Events about objects. Never waits for the API server and never fails; repeated events become a series, too many are dropped.</summary>
public interface IEventRecorder
{
    /// <summary>Publishes an Event.</summary>
    /// <param name="regarding">The object.</param>
    /// <param name="type">What kind of event.</param>
    /// <param name="reason">Why, in one word, from a closed list.</param>
    /// <param name="action">What was done, in one word.</param>
    /// <param name="note">A sentence in past tense with the values; cut at 1,024 bytes.</param>
    void Publish(IKubernetesObject<V1ObjectMeta> regarding, EventType type, string reason, string action, string note);
}
