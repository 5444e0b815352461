namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>What makes two Events equal.</summary>
internal sealed record EventContent(string Subject, EventType Type, string Reason, string Action, string Note);
