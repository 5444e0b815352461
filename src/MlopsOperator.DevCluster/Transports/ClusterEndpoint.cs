using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.DevCluster.Faults;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The pipeline behind TLS on a loopback port, for kubectl and other processes. Whoever comes without the token is refused.</summary>
internal sealed class ClusterEndpoint : IAsyncDisposable
{
    private readonly ClientGate gate;
    private readonly X509Certificate2 certificate;
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private Listener? listener;
    private Socket? held;

    private ClusterEndpoint(ClientGate gate)
    {
        this.gate = gate;
        // Certificates are checked against the clock of the machine, whatever the clock of the cluster says.
        certificate = ClusterCertificate.Create(TimeProvider.System);
    }

    public Uri Address { get; private set; } = new("https://127.0.0.1/");

    /// <summary>Listens.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ClusterEndpoint> StartAsync(ClientGate gate, int port, CancellationToken cancellationToken)
    {
        var endpoint = new ClusterEndpoint(gate);
        try
        {
            await endpoint.ListenAsync(port, cancellationToken);
            return endpoint;
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops to listen and breaks every connection; address, certificate and token stay.</summary>
    public async Task LeaveAsync()
    {
        if (listener is { } present)
        {
            listener = null;
            present.Breaks = true;
            await present.DisposeAsync();

            // Bound and not listening: connections are refused, and no connection of somebody else gets this port meanwhile.
            held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            held.Bind(new IPEndPoint(IPAddress.Loopback, Address.Port));
        }
    }

    /// <summary>Listens again where it did.</summary>
    public Task ReturnAsync(CancellationToken cancellationToken)
    {
        held?.Dispose();
        held = null;
        return ListenAsync(Address.Port, cancellationToken);
    }

    /// <summary>A kubeconfig with address, certificate and token.</summary>
    public string Kubeconfig() => $"""
        apiVersion: v1
        kind: Config
        current-context: devcluster
        clusters:
        - name: devcluster
          cluster:
            server: {Address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}
        users:
        - name: administrator
          user:
            token: {token}
        contexts:
        - name: devcluster
          context:
            cluster: devcluster
            user: administrator
            namespace: default

        """;

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }

        held?.Dispose();
        certificate.Dispose();
    }

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = ManifestReader.MaximumBytes + 1024;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate));
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var made = new Listener(builder.Build());
        try
        {
            made.Application.Run(context => ServeAsync(context, made));
            await made.Application.StartAsync(cancellationToken);
            Address = new Uri(made.Application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            listener = made;
        }
        finally
        {
            if (listener != made)
            {
                await made.DisposeAsync();
            }
        }
    }

    private async Task ServeAsync(HttpContext context, Listener by)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, by.Stopping);
        try
        {
            var response = IsAuthorized(context.Request.Headers.Authorization.ToString())
                ? await gate.HandleAsync(await ReadAsync(context.Request, ends.Token), ends.Token)
                : ApiResponse.Of(Statuses.Unauthorized().Status);
            await WriteAsync(response, context.Response, ends.Token);
        }
        catch (ConnectionLostException)
        {
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The client left, or the cluster ends; or the API goes away, and a body that ends in order would be taken for a whole one.
            if (by.Breaks)
            {
                context.Abort();
            }
        }
    }

    private bool IsAuthorized(string header) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes("Bearer " + token));

    private static async Task<ApiRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var path = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return new ApiRequest(request.Method, path)
        {
            Accept = request.Headers.Accept.ToString() is { Length: > 0 } accept ? accept.Replace("; ", ";", StringComparison.Ordinal) : "application/json",
            ContentType = request.ContentType ?? "application/json",
            UserAgent = request.Headers.UserAgent.ToString(),
            Body = body.ToArray(),
        };
    }

    private static async Task WriteAsync(ApiResponse answer, HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var warning in answer.Warnings)
        {
            response.Headers.Append("Warning", ApiResponse.WarningHeader(warning));
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (answer.Watch is { } watch)
        {
            await using var body = new WatchBody(watch);
            await StreamAsync(body, response, cancellationToken);
        }
        else if (answer.Stream is { } stream)
        {
            await using (stream)
            {
                await StreamAsync(stream, response, cancellationToken);
            }
        }
        else
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, cancellationToken);
        }
    }

    /// <summary>Headers at once, then every piece as it comes.</summary>
    private static async Task StreamAsync(Stream source, HttpResponse response, CancellationToken cancellationToken)
    {
        await response.StartAsync(cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        var buffer = new byte[16 * 1024];
        while (await source.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            await response.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
