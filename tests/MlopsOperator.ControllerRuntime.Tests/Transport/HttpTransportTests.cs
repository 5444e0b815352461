using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Transport;

public sealed class HttpTransportTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _never = new();
    private WebApplication _server = null!;
    private RequestDelegate _answer = _ => Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(context => _answer(context));
        await _server.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_request_goes_out_and_its_answer_comes_back_as_they_are()
    {
        string? seen = null;
        _answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType} {context.Request.Headers.Accept} {context.Request.Headers.Authorization} {await reader.ReadToEndAsync(Token)}";
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("{\"ok\":\"é\"}", Token);
        };
        using var transport = Transport("secret");

        var answer = await transport.SendAsync(
            new TransportRequest("PATCH", "/api/v1/namespaces/a%20b/configmaps/x?force=true&labelSelector=a%3Db", "{\"m\":\"😀\"}"u8.ToArray(), "application/apply-patch+yaml"), Token);

        seen.Should().Be("PATCH /api/v1/namespaces/a%20b/configmaps/x?force=true&labelSelector=a%3Db application/apply-patch+yaml application/json Bearer secret {\"m\":\"😀\"}");
        answer.Status.Should().Be(201);
        Encoding.UTF8.GetString(answer.Body.Span).Should().Be("{\"ok\":\"é\"}");
        answer.RetryAfter.Should().BeNull();
    }

    /// <summary>The client's library would call every operator by its own name.</summary>
    [Theory]
    [InlineData(null, "MlopsOperator.ControllerRuntime.Tests")]
    [InlineData("night-watch/1.2", "night-watch/1.2")]
    public async Task A_program_calls_itself_by_its_own_name_unless_the_configuration_has_another(string? configured, string expected)
    {
        var seen = "";
        _answer = context =>
        {
            seen = context.Request.Headers.UserAgent.ToString();
            return Task.CompletedTask;
        };
        using var transport = new HttpTransport(
            () =>
            {
                var configuration = new KubernetesClientConfiguration { Host = _server.Urls.First() };
                configuration.UserAgent = configured ?? configuration.UserAgent;
                return configuration;
            },
            _time);

        await transport.SendAsync(new TransportRequest("GET", "/version"), Token);

        seen.Should().Be(expected);
    }

    [Fact]
    public async Task Statuses_do_not_throw_and_RetryAfter_is_read()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3";
            return Task.CompletedTask;
        };
        using var transport = Transport();

        var answer = await transport.SendAsync(new TransportRequest("GET", "/api"), Token);

        (answer.Status, answer.RetryAfter).Should().Be((429, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_401_is_tried_once_more_with_a_fresh_token()
    {
        var seen = new List<string>();
        _answer = context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = seen.Count == 1 ? 401 : 200;
            return Task.CompletedTask;
        };
        var tokens = new Queue<string>(["old", "new"]);
        using var transport = new HttpTransport(() => Configuration(tokens.Dequeue()), _time);

        (await transport.SendAsync(new TransportRequest("POST", "/api", "{}"u8.ToArray()), Token)).Status.Should().Be(200);
        (await transport.SendAsync(new TransportRequest("GET", "/api"), Token)).Status.Should().Be(200);

        seen.Should().Equal("Bearer old", "Bearer new", "Bearer new");
    }

    [Fact]
    public async Task A_second_401_is_the_answer()
    {
        var requests = 0;
        _answer = context =>
        {
            requests++;
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        using var transport = Transport("x");

        (await transport.SendAsync(new TransportRequest("GET", "/api"), Token)).Status.Should().Be(401);

        requests.Should().Be(2);
    }

    /// <summary>Proof 18.</summary>
    [Fact]
    public async Task A_cancelled_call_returns_at_once_although_the_body_never_ends()
    {
        var started = new TaskCompletionSource();
        _answer = async context =>
        {
            await context.Response.WriteAsync("{\"items\":[", Token);
            await context.Response.Body.FlushAsync(Token);
            started.TrySetResult();
            await _never.Task;
        };
        using var transport = Transport();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = transport.SendAsync(new TransportRequest("GET", "/api"), cancel.Token);
        await started.Task;

        await cancel.CancelAsync();

        var cancelled = () => call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_body_that_is_not_complete_after_half_a_minute_is_an_unknown_outcome()
    {
        var started = new TaskCompletionSource();
        _answer = async context =>
        {
            await context.Response.WriteAsync("{", Token);
            await context.Response.Body.FlushAsync(Token);
            started.TrySetResult();
            await _never.Task;
        };
        using var transport = Transport();
        var call = transport.SendAsync(new TransportRequest("GET", "/api/v1/pods?x=secret"), Token);
        await started.Task;

        _time.Advance(TimeSpan.FromSeconds(31));

        var late = () => call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        (await late.Should().ThrowAsync<TransportException>()).WithMessage("GET /api/v1/pods: no complete answer within 30 s");
    }

    [Fact]
    public async Task A_refused_connection_is_an_unknown_outcome()
    {
        using var transport = new HttpTransport(() => new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, _time);

        var send = () => transport.SendAsync(new TransportRequest("GET", "/api"), Token);

        await send.Should().ThrowAsync<TransportException>();
    }

    [Fact]
    public async Task A_watch_opens_with_the_headers_before_any_line_and_then_gives_line_by_line()
    {
        var go = new TaskCompletionSource();
        _answer = async context =>
        {
            await context.Response.Body.FlushAsync(Token);
            await go.Task;
            await context.Response.WriteAsync("{\"n\":1}\n{\"n\":2}\n", Token);
        };
        using var transport = Transport();
        await using var watch = await transport.WatchAsync(new TransportRequest("GET", "/api?watch=true"), Token);
        watch.Status.Should().Be(200);

        // A watch may be quiet for longer than a request may take.
        _time.Advance(TimeSpan.FromMinutes(5));
        go.SetResult();

        Encoding.UTF8.GetString((await watch.ReadLineAsync(Token))!.Value.Span).Should().Be("{\"n\":1}");
        Encoding.UTF8.GetString((await watch.ReadLineAsync(Token))!.Value.Span).Should().Be("{\"n\":2}");
        (await watch.ReadLineAsync(Token)).Should().BeNull();
    }

    [Fact]
    public async Task A_refused_watch_gives_its_status_and_body()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 410;
            return context.Response.WriteAsync("{\"code\":410,\n\"reason\":\"Expired\"}", Token);
        };
        using var transport = Transport();

        await using var watch = await transport.WatchAsync(new TransportRequest("GET", "/api?watch=true"), Token);

        watch.Status.Should().Be(410);
        Encoding.UTF8.GetString((await watch.ReadLineAsync(Token))!.Value.Span).Should().Be("{\"code\":410,\n\"reason\":\"Expired\"}");
        (await watch.ReadLineAsync(Token)).Should().BeNull();
    }

    [Fact]
    public async Task A_cut_watch_is_a_transport_failure_and_a_cancelled_one_a_cancellation()
    {
        var lineIsRead = new TaskCompletionSource();
        _answer = async context =>
        {
            await context.Response.WriteAsync("{}\n", Token);
            await context.Response.Body.FlushAsync(Token);
            if (context.Request.Query.ContainsKey("cut"))
            {
                await lineIsRead.Task;
                context.Abort();
                return;
            }

            await _never.Task;
        };
        using var transport = Transport();
        await using var cut = await transport.WatchAsync(new TransportRequest("GET", "/api?cut=1"), Token);
        await cut.ReadLineAsync(Token);
        lineIsRead.SetResult();
        var read = async () => await cut.ReadLineAsync(Token);
        await read.Should().ThrowAsync<TransportException>();

        await using var open = await transport.WatchAsync(new TransportRequest("GET", "/api"), Token);
        await open.ReadLineAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = open.ReadLineAsync(cancel.Token);
        await cancel.CancelAsync();
        var cancelled = async () => await waiting;
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
    }

    private KubernetesClientConfiguration Configuration(string? token) => new() { Host = _server.Urls.First(), AccessToken = token };

    private HttpTransport Transport(string? token = null) => new(() => Configuration(token), _time);
}
