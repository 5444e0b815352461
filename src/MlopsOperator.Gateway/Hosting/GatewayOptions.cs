using System.Net;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>How a gateway is run.</summary>
internal sealed record GatewayOptions
{
    /// <summary>Address that both ports bind; any address when absent.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Port of requests; 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Port of metrics, scrapes and health; 0 takes a free one.</summary>
    public int TelemetryPort { get; init; } = 9090;

    /// <summary>How long requests are still taken after SIGTERM, so that those who send them learn of it.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests in flight may take after that.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections that one client address may have; raise it behind an ingress with few addresses.</summary>
    public int ConnectionsPerAddress { get; init; } = 500;
}
