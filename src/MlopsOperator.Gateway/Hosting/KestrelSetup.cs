using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>Limits and ports of the server. Every limit is set, so that a new version's defaults change nothing.</summary>
internal static class KestrelSetup
{
    /// <summary>Sets limits and both ports.</summary>
    public static void Apply(KestrelServerOptions server, GatewayOptions options, ConnectionLimiter limiter)
    {
        server.AddServerHeader = false;
        server.AllowSynchronousIO = false;
        Apply(server.Limits);
        Listen(server, options, options.Port, listen => listen.Use(next => connection => limiter.ServeAsync(connection, next)));
        Listen(server, options, options.TelemetryPort, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(TelemetryConnection.Mark);
            return next(connection);
        }));
    }

    private static void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestBodySize = Limits.RequestBodyBytes;
        limits.MaxRequestBufferSize = 256 * 1024;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MaxConcurrentConnections = Limits.Connections;
        limits.MaxConcurrentUpgradedConnections = 0;

        // The ports speak HTTP/1.1 only; these hold for the day they speak more.
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;
        limits.Http2.InitialStreamWindowSize = 256 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    private static void Listen(KestrelServerOptions server, GatewayOptions options, int port, Action<ListenOptions> configure)
    {
        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            configure(listen);
        }

        if (options.Address is { } address)
        {
            server.Listen(address, port, Configure);
        }
        else
        {
            server.ListenAnyIP(port, Configure);
        }
    }
}
