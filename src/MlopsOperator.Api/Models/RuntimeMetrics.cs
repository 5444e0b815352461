namespace MlopsOperator.Api.Models;

/// <summary>Where a server shows its Prometheus metrics.</summary>
public sealed record RuntimeMetrics
{
    /// <summary>Port; 8080 by default.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Path; /metrics by default.</summary>
    public string Path { get; init; } = "/metrics";
}
