using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>Too much, too many, too large, and clients that go away.</summary>
public sealed class LoadTests
{
    private static ServerOptions Small => TestServer.Options(Paths.Model("delays-v2")) with { MaxBodyBytes = 4096, MaxConcurrency = 1, MaxQueue = 1 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_64_MB_gets_a_clean_413(bool chunked)
    {
        await using var server = await TestServer.StartAsync("delays-v2");

        var reply = await server.PostAsync("/v2/models/delays/infer", new byte[64_000_000], "application/json", request => request.Headers.TransferEncodingChunked = chunked);

        reply.Status.Should().Be(413);
        reply.Error.Should().Be("the body is larger than 16777216 bytes (MAX_BODY_BYTES). Send several requests");
        (await server.InferAsync(Requests.One())).Status.Should().Be(200, "the server goes on");
    }

    [Theory]
    [InlineData(4096, 400)]
    [InlineData(4097, 413)]
    public async Task The_limit_is_the_largest_body_that_is_read(int size, int status)
    {
        await using var server = await TestServer.StartAsync(Small);
        var body = Encoding.UTF8.GetBytes("{" + new string(' ', size - 2) + "}");

        (await server.PostAsync("/v2/models/delays/infer", body, "application/json")).Status.Should().Be(status);
        (await server.PostAsync("/v2/models/delays/infer", body, "application/json", request => request.Headers.TransferEncodingChunked = true)).Status.Should().Be(status);
    }

    [Fact]
    public async Task A_client_that_asks_first_is_told_without_sending()
    {
        await using var server = await TestServer.StartAsync(Small);
        using var socket = await ConnectAsync(server);

        await SendAsync(socket, "POST /v2/models/delays/infer HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 64000000\r\nExpect: 100-continue\r\n\r\n");

        using var reader = new StreamReader(new NetworkStream(socket));
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).Should().Be("HTTP/1.1 413 Payload Too Large", "and not 100 Continue");
    }

    [Fact]
    public async Task When_runs_and_queue_are_full_a_request_is_sent_away_at_once()
    {
        await using var server = await TestServer.StartAsync(Small);
        using var first = await BeginAsync(server);
        using var second = await BeginAsync(server);
        await TestServer.UntilAsync(async () => await GaugeAsync(server, "requests_in_flight") == 2, "two requests are in flight");

        var third = await server.InferAsync(Requests.One());

        third.Status.Should().Be(503);
        third.Error.Should().Contain("busy");
        third.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        await SendAsync(first, Requests.One());
        await SendAsync(second, Requests.One());
        (await ReadToEndAsync(first)).Should().StartWith("HTTP/1.1 200 ");
        (await ReadToEndAsync(second)).Should().StartWith("HTTP/1.1 200 ");
        (await server.InferAsync(Requests.One())).Status.Should().Be(200, "there is room again");
    }

    [Fact]
    public async Task C44_a_client_that_goes_away_is_no_error_of_the_model()
    {
        await using var server = await TestServer.StartAsync(Small);
        var socket = await BeginAsync(server);
        await TestServer.UntilAsync(async () => await GaugeAsync(server, "requests_in_flight") == 1, "the request is in flight");

        socket.Dispose();

        await TestServer.UntilAsync(async () => await GaugeAsync(server, "requests_in_flight") == 0, "the request is over");
        var metrics = (await server.GetAsync("/metrics")).Body;
        metrics.Should().MatchRegex("requests_total\\{code=\"(400|499)\"").And.NotContain("code=\"500\"").And.NotContain("code=\"200\"");
        server.Log.At(LogLevel.Error).Should().BeEmpty();
        (await server.InferAsync(Requests.One())).Status.Should().Be(200, "its place is free again");
    }

    [Fact]
    public async Task A_faulty_model_does_not_flood_the_log()
    {
        await using var server = await TestServer.StartAsync("delays-v3");

        for (var request = 0; request < 50; request++)
        {
            (await server.InferAsync(Requests.Features("[1,12]", "[0.28,4,4,2355,null,null,null,55.2,null,null,1,-3]"))).Status.Should().Be(500);
        }

        server.Log.At(LogLevel.Warning).Should().ContainSingle().Which.Should().Contain("A request failed: the model failed on this request");
        (await server.GetAsync("/metrics")).Body.Should().Contain("mlops_model_server_requests_total{code=\"500\",model=\"delays\",version=\"2\"} 50");
    }

    [Fact]
    public async Task Metrics_tell_requests_durations_load_and_model()
    {
        await using var server = await TestServer.StartAsync("delays-v2");
        await server.InferAsync(Requests.One());
        await server.InferAsync("{}");

        var reply = await server.GetAsync("/metrics");

        reply.ContentHeaders.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        reply.Body.Should().Contain("mlops_model_server_requests_total{code=\"200\",model=\"delays\",version=\"2\"} 1")
            .And.Contain("mlops_model_server_requests_total{code=\"400\",model=\"delays\",version=\"2\"} 1")
            .And.Contain("mlops_model_server_request_duration_seconds_count{model=\"delays\",version=\"2\"} 2")
            .And.Contain("mlops_model_server_run_duration_seconds_count{model=\"delays\",version=\"2\"} 1")
            .And.Contain("mlops_model_server_model_ready{model=\"delays\",version=\"2\"} 1")
            .And.Contain("mlops_model_server_model_info{platform=\"onnx_onnxv1\",model=\"delays\",version=\"2\"} 1")
            .And.MatchRegex("dotnet_timers\\{[^}]*\\} [0-9]")
            .And.MatchRegex("dotnet_heap_after_collection_bytes\\{[^}]*\\} [0-9]")
            .And.MatchRegex("mlops_model_server_model_load_seconds\\{[^}]*\\} 0\\.");
    }

    private static async Task<double> GaugeAsync(TestServer server, string name)
    {
        using var stream = new MemoryStream();
        await server.Services.GetRequiredService<Observing.ServerMetrics>().WriteAsync(stream, TestContext.Current.CancellationToken);
        var line = Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Single(line => line.StartsWith("mlops_model_server_" + name + "{", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends the head of a request and keeps its body back.</summary>
    private static async Task<Socket> BeginAsync(TestServer server)
    {
        var socket = await ConnectAsync(server);
        await SendAsync(socket, $"POST /v2/models/delays/infer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Requests.One()).ToString(System.Globalization.CultureInfo.InvariantCulture)}\r\n\r\n");
        return socket;
    }

    private static async Task<Socket> ConnectAsync(TestServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
