using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>An Event to create, or one whose series moved on.</summary>
internal sealed record EventWrite(Eventsv1Event Event, bool IsNew);
