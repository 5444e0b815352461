namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>Kind of an Event.</summary>
public enum EventType
{
    /// <summary>As it should be.</summary>
    Normal,

    /// <summary>Someone should look.</summary>
    Warning,
}
