using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class ForwardingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_is_tried_once_more_elsewhere_with_the_whole_body()
    {
        await using var alive = await ModelBackend.StartAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await context.Response.WriteAsync(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), context.RequestAborted);
        });
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec(portA: alive.Port))], Manifests.Slice("delays-a", "127.0.0.1", "127.0.0.9"));

        for (var round = 0; round < 40; round++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v2/models/delays/infer", UriKind.Relative)) { Content = new ByteArrayContent(new byte[5_000]) };
            using var answer = await gateway.SendAsync(request, Cancellation);
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("5000");
        }

        alive.Seen.Should().HaveCount(40, "each request arrives once");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "200").Should().Be(40);
        (await gateway.TelemetryAsync("/metrics", Cancellation)).Text.Should().MatchRegex("mlops_gateway_connect_retries_total [1-5]\n", "half of the requests would be retried if it were not passed over");
    }

    [Fact]
    public async Task A_connection_refused_twice_is_the_revisions_error()
    {
        await using var gateway = await TestGateway.ServingAsync(ClosedPort());

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        answer.Headers.GetValues("x-mlops-version").Should().Equal("model-a");
        answer.Headers.GetValues("x-request-id").Single().Should().HaveLength(32);
        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "502").Should().Be(1);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(1);
    }

    [Fact]
    public async Task A_failure_after_the_request_was_sent_is_not_tried_again()
    {
        await using var backend = await ModelBackend.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative)) { Content = new StringContent("{}") };

        using var answer = await gateway.SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        backend.Seen.Should().HaveCount(1);
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "502").Should().Be(1);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_route_allows_is_a_504()
    {
        await using var backend = await ModelBackend.StartAsync(context => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "200ms" });

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("models/delays").And.Contain("0.2 s");
        answer.Headers.GetValues("x-mlops-version").Should().Equal("model-a");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "504").Should().Be(1);
    }

    [Fact]
    public async Task The_deadline_is_total_so_that_a_dripping_answer_ends_too_and_counts_as_broken()
    {
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            while (true)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, context.RequestAborted);
            }
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "300ms" });

        var reading = async () => await gateway.GetAsync("/", Cancellation);

        await reading.Should().ThrowAsync<HttpRequestException>();
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "broken").Should().Be(1);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_after_its_status_counts_as_broken()
    {
        await using var backend = new RawBackend("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", resets: true);
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        var reading = async () => await gateway.GetAsync("/", Cancellation);

        await reading.Should().ThrowAsync<HttpRequestException>();
        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "broken").Should().Be(1);
        samples.Requests("a", "200").Should().Be(0);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(1);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("HTTP/1.1 600 Odd\r\nContent-Length: 1\r\n\r\nx")]
    public async Task An_answer_that_is_none_is_a_502(string answered)
    {
        await using var backend = new RawBackend(answered);
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("models/delays");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "502").Should().Be(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_of_the_revision_passes_and_is_counted(int status)
    {
        await using var backend = await ModelBackend.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("its own text", context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        using var answer = await gateway.GetAsync("/", Cancellation);

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("its own text");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", status.ToString(System.Globalization.CultureInfo.InvariantCulture)).Should().Be(1);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_neither_a_request_nor_an_error()
    {
        using var arrived = new SemaphoreSlim(0);
        await using var backend = await ModelBackend.StartAsync(context =>
        {
            arrived.Release();
            return Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = gateway.GetAsync("/", leaving.Token);
        await arrived.WaitAsync(Cancellation);

        await leaving.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "cancelled").Should().Be(1);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(0);
    }

    [Fact]
    public async Task PD_25_A_client_that_leaves_in_the_middle_of_an_answer_is_no_error_either()
    {
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            var chunk = new byte[64 * 1024];
            while (true)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, gateway.Requests.Port, Cancellation);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: delays.test\r\n\r\n"u8.ToArray(), Cancellation);
            await client.GetStream().ReadExactlyAsync(new byte[1_000], Cancellation);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "cancelled").Should().Be(1);
    }

    [Fact]
    public async Task A_malformed_body_is_the_clients()
    {
        await using var backend = await ModelBackend.StartAsync(async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        var answer = await RawClient.ExchangeAsync(gateway.Requests, "POST / HTTP/1.1\r\nHost: delays.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n", Cancellation);

        answer.Should().StartWith("HTTP/1.1 400 ");
        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "malformed").Should().Be(1);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(0);
    }

    [Fact]
    public async Task A_body_that_has_not_arrived_by_the_deadline_is_the_clients()
    {
        await using var backend = await ModelBackend.StartAsync(async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "300ms" });

        var answer = await RawClient.ExchangeAsync(gateway.Requests, "POST / HTTP/1.1\r\nHost: delays.test\r\nConnection: close\r\nContent-Length: 100\r\n\r\nonly this", Cancellation);

        answer.Should().StartWith("HTTP/1.1 408 ");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "malformed").Should().Be(1);
    }

    [Fact]
    public async Task Events_arrive_before_the_last_one_is_sent()
    {
        using var proceed = new SemaphoreSlim(0);
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await proceed.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        using var answer = await gateway.SendAsync(request, Cancellation, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation), Encoding.UTF8);

        (await reader.ReadLineAsync(Cancellation)).Should().Be("data: first");
        proceed.Release();
        (await reader.ReadToEndAsync(Cancellation)).Should().Contain("[DONE]");

        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "200").Should().Be(1);
    }

    [Fact]
    public async Task A_request_body_streams_too()
    {
        using var gotFirst = new SemaphoreSlim(0);
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[200_000], context.RequestAborted);
            gotFirst.Release();
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Requests.Port, Cancellation);
        await client.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: delays.test\r\nContent-Length: 400000\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        await client.GetStream().WriteAsync(new byte[300_000], Cancellation);

        (await gotFirst.WaitAsync(TimeSpan.FromSeconds(10), Cancellation)).Should().BeTrue("the first part is there before the last is sent");
        await client.GetStream().WriteAsync(new byte[100_000], Cancellation);

        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadToEndAsync(Cancellation)).Should().StartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task A_request_in_flight_ends_on_the_route_set_it_began_with()
    {
        using var proceed = new SemaphoreSlim(0);
        await using var old = await ModelBackend.StartAsync(async context =>
        {
            await proceed.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("old", context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(old.Port);
        var asking = gateway.GetAsync("/", Cancellation);
        await Eventually.Holds(() => old.Seen.Count == 1, "the request is under way", Cancellation);

        gateway.Apply([]);
        using var unknown = await gateway.GetAsync("/", Cancellation);
        var during = await gateway.ScrapeAsync(Cancellation);
        proceed.Release();

        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        during.Of("mlops_inflight", "a").Should().Be(1);
        using var answer = await asking;
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("old");
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "200").Should().Be(1);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
