namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>Digits of a written time.</summary>
internal enum TimePrecision
{
    /// <summary>As many as the value has: custom resources.</summary>
    AsIs,

    /// <summary>None: metav1.Time.</summary>
    Seconds,

    /// <summary>Six: metav1.MicroTime, which refuses any other number.</summary>
    Microseconds,
}
