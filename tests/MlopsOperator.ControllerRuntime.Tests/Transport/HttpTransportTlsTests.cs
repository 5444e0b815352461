using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Transport;

/// <summary>The transport as it is used in a cluster: TLS, HTTP/2, a kubeconfig.</summary>
public sealed class HttpTransportTlsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _never = new();
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private WebApplication _server = null!;
    private RequestDelegate _answer = _ => Task.CompletedTask;

    public HttpTransportTlsTests() => _certificate = _authority.IssueServer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        });
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(context => _answer(context));
        await _server.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        await _server.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_server_whose_authority_is_in_the_kubeconfig_is_reached_over_HTTP2_with_the_token()
    {
        _answer = context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.IsHttps} {context.Request.Headers.Authorization}", Token);
        using var transport = Transport("token: secret");

        var answer = await transport.SendAsync(new TransportRequest("GET", "/api"), Token);

        Text(answer.Body).Should().Be("HTTP/2 True Bearer secret");
    }

    [Fact]
    public async Task A_server_of_another_authority_gets_no_request()
    {
        var requests = 0;
        _answer = _ =>
        {
            requests++;
            return Task.CompletedTask;
        };
        using var other = new TestAuthority();
        using var transport = Transport("token: secret", other);

        var send = () => transport.SendAsync(new TransportRequest("GET", "/api"), Token);

        await send.Should().ThrowAsync<TransportException>();
        requests.Should().Be(0, "a token is not for strangers");
    }

    [Fact]
    public async Task A_client_certificate_says_who_calls()
    {
        _answer = context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Connection.ClientCertificate?.Subject}", Token);
        using var certificate = _authority.IssueClient("operator");
        using var key = certificate.GetECDsaPrivateKey()!;
        using var transport = Transport($"client-certificate-data: {Base64(certificate.ExportCertificatePem())}\n    client-key-data: {Base64(key.ExportPkcs8PrivateKeyPem())}");

        var answer = await transport.SendAsync(new TransportRequest("GET", "/api"), Token);

        Text(answer.Body).Should().Be("HTTP/2 CN=operator");
    }

    [Fact]
    public async Task A_401_is_tried_once_more_with_the_token_that_the_kubeconfig_has_then()
    {
        var seen = new ConcurrentQueue<string>();
        _answer = context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = context.Request.Headers.Authorization.ToString() is "Bearer new" ? 200 : 401;
            return Task.CompletedTask;
        };
        var tokens = new Queue<string>(["old", "new"]);
        using var transport = new HttpTransport(() => Configuration($"token: {tokens.Dequeue()}"), _time);

        var answer = await transport.SendAsync(new TransportRequest("POST", "/api", "{}"u8.ToArray()), Token);

        answer.Status.Should().Be(200);
        seen.Should().Equal("Bearer old", "Bearer new");
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_given_up_after_half_a_minute()
    {
        var arrived = new TaskCompletionSource();
        _answer = async _ =>
        {
            arrived.TrySetResult();
            await _never.Task;
        };
        using var transport = Transport("token: secret");
        var call = transport.SendAsync(new TransportRequest("GET", "/api"), Token);
        var watch = transport.WatchAsync(new TransportRequest("GET", "/api?watch=true"), Token);
        await arrived.Task.WaitAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(29));
        (call.IsCompleted, watch.IsCompleted).Should().Be((false, false));
        _time.Advance(TimeSpan.FromSeconds(2));

        var late = () => call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await late.Should().ThrowAsync<TransportException>();
        var unopened = () => watch.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await unopened.Should().ThrowAsync<TransportException>();
    }

    /// <summary>Proof 18.</summary>
    [Fact]
    public async Task Cancelled_calls_return_at_once_although_their_bodies_are_slow_and_hold_no_thread()
    {
        const int calls = 90;
        var started = new SemaphoreSlim(0);
        _answer = async context =>
        {
            await context.Response.WriteAsync("{\"items\":[", Token);
            await context.Response.Body.FlushAsync(Token);
            started.Release();
            await _never.Task;
        };
        using var transport = Transport("token: secret");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var threads = ThreadPool.ThreadCount;
        var slow = Enumerable.Range(0, calls).Select(_ => transport.SendAsync(new TransportRequest("GET", "/api"), cancel.Token)).ToList();
        for (var seen = 0; seen < calls; seen++)
        {
            await started.WaitAsync(Token);
        }

        // A read that blocks would hold one thread of the pool for each call.
        (ThreadPool.ThreadCount - threads).Should().BeLessThan(calls / 2);
        slow.Should().OnlyContain(call => !call.IsCompleted);
        await cancel.CancelAsync();

        foreach (var call in slow)
        {
            var cancelled = () => call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
            await cancelled.Should().ThrowAsync<OperationCanceledException>();
        }

        _answer = context => context.Response.WriteAsync("ok", Token);
        Text((await transport.SendAsync(new TransportRequest("GET", "/api"), Token)).Body).Should().Be("ok", "the connection lives on");
    }

    [Fact]
    public async Task Many_watches_share_one_connection()
    {
        const int watches = 50;
        var connections = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        _answer = async context =>
        {
            connections[context.Connection.Id] = true;
            await context.Response.WriteAsync("{}\n", Token);
            await context.Response.Body.FlushAsync(Token);
            await _never.Task.WaitAsync(context.RequestAborted);
        };
        using var transport = Transport("token: secret");
        var open = new List<IWatchStream>();
        for (var number = 0; number < watches; number++)
        {
            var watch = await transport.WatchAsync(new TransportRequest("GET", "/api?watch=true"), Token);
            (await watch.ReadLineAsync(Token)).Should().NotBeNull();
            open.Add(watch);
        }

        connections.Should().HaveCount(1);
        foreach (var watch in open)
        {
            await watch.DisposeAsync();
        }
    }

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private HttpTransport Transport(string user, TestAuthority? authority = null) => new(() => Configuration(user, authority), _time);

    private KubernetesClientConfiguration Configuration(string user, TestAuthority? authority = null)
    {
        var kubeconfig = $"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters:
            - name: test
              cluster:
                server: {_server.Urls.First()}
                certificate-authority-data: {Base64((authority ?? _authority).Pem)}
            users:
            - name: test
              user:
                {user}
            contexts:
            - name: test
              context:
                cluster: test
                user: test
            """;
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(kubeconfig));
        return KubernetesClientConfiguration.BuildConfigFromConfigFile(text);
    }
}
