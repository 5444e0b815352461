using System.Net;
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
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The pipeline behind TLS on a loopback port, for kubectl and other processes. Whoever comes without the token is refused.</summary>
internal sealed class ClusterEndpoint : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly X509Certificate2 certificate;
    private readonly CancellationTokenSource stopping = new();

    private ClusterEndpoint(WebApplication application, X509Certificate2 certificate, string token)
    {
        this.application = application;
        this.certificate = certificate;
        Token = token;
    }

    public string Token { get; }

    public Uri Address { get; private set; } = new("https://127.0.0.1/");

    public static async Task<ClusterEndpoint> StartAsync(ApiPipeline pipeline, int port, CancellationToken cancellationToken)
    {
        // Certificates are checked against the clock of the machine, whatever the clock of the cluster says.
        var made = ClusterCertificate.Create(TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = ManifestReader.MaximumBytes + 1024;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(made));
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var server = builder.Build();
        var endpoint = new ClusterEndpoint(server, made, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        server.Run(context => endpoint.ServeAsync(context, pipeline));
        await server.StartAsync(cancellationToken);
        endpoint.Address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return endpoint;
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
            token: {Token}
        contexts:
        - name: devcluster
          context:
            cluster: devcluster
            user: administrator
            namespace: default

        """;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
        certificate.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context, ApiPipeline pipeline)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        try
        {
            var response = IsAuthorized(context.Request.Headers.Authorization.ToString())
                ? await pipeline.HandleAsync(await ReadAsync(context.Request, ends.Token), ends.Token)
                : ApiResponse.Of(Statuses.Unauthorized().Status);
            await WriteAsync(response, context.Response, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, or the cluster ends.
        }
    }

    private bool IsAuthorized(string header) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes("Bearer " + Token));

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
