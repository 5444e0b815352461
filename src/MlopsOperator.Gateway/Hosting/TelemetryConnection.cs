namespace MlopsOperator.Gateway.Hosting;

/// <summary>Marks connections of the telemetry port.</summary>
internal sealed class TelemetryConnection
{
    /// <summary>The mark.</summary>
    public static TelemetryConnection Mark { get; } = new();
}
