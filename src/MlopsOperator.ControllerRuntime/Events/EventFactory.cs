using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>Makes the object of an Event.</summary>
internal sealed class EventFactory(OperatorSettings settings, IRandomSource random)
{
    private const int LongestName = 253;

    public Eventsv1Event Create(EventContent content, IKubernetesObject<V1ObjectMeta> regarding, DateTimeOffset now)
    {
        var metadata = regarding.Metadata ?? new V1ObjectMeta();
        Span<byte> suffix = stackalloc byte[8];
        random.Fill(suffix);
        var name = $"{metadata.Name}.{Convert.ToHexStringLower(suffix)}";
        return new Eventsv1Event
        {
            ApiVersion = "events.k8s.io/v1",
            Kind = "Event",
            Metadata = new V1ObjectMeta
            {
                Name = name.Length <= LongestName ? name : name[^LongestName..],
                NamespaceProperty = metadata.NamespaceProperty ?? "default",
            },
            EventTime = now.UtcDateTime,
            Type = content.Type.ToString(),
            Reason = content.Reason,
            Action = content.Action,
            Note = content.Note,
            ReportingController = settings.ReportingController,
            ReportingInstance = EventText.Word(settings.Instance ?? settings.Name),
            Regarding = new V1ObjectReference
            {
                ApiVersion = regarding.ApiVersion,
                Kind = regarding.Kind,
                Name = metadata.Name,
                NamespaceProperty = metadata.NamespaceProperty,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
            },
        };
    }
}
