using System.Net;
using System.Net.Sockets;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>How connections to backends are made and kept.</summary>
internal static class BackendConnections
{
    /// <summary>Below what backends close at: uvicorn does so after five seconds.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(4);

    /// <summary>A pool without connections yet.</summary>
    public static HttpMessageInvoker Create(TimeProvider time, int connectionsPerBackend)
    {
#pragma warning disable CA2000 // The invoker owns it.
        return new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = IdleConnection,
            MaxConnectionsPerServer = connectionsPerBackend,
            MaxResponseHeadersLength = 32,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, time, cancellationToken),
        });
#pragma warning restore CA2000
    }

    /// <summary>
    /// Connects within <see cref="Limits.Connect"/>. The handler's own ConnectTimeout looks like a slow answer to the forwarder;
    /// a SocketException here makes it the connect failure that it is, which may be retried.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, TimeProvider time, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it; where there is none it is disposed of below.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        using var timeout = new CancellationTokenSource(Limits.Connect, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(target, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
