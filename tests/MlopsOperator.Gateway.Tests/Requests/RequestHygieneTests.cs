using System.Net;
using System.Net.Sockets;
using MlopsOperator.Gateway.Requests;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Requests;

public sealed class RequestHygieneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TRACE / HTTP/1.1\r\nHost: delays.test\r\n", 405)]
    [InlineData("PUT / HTTP/1.1\r\nHost: delays.test\r\nContent-Length: 0\r\n", 405)]
    [InlineData("FOO / HTTP/1.1\r\nHost: delays.test\r\n", 405)]
    [InlineData("get / HTTP/1.1\r\nHost: delays.test\r\n", 405)]
    [InlineData("POST / HTTP/1.1\r\nHost: delays.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: delays.test\r\nTransfer-Encoding: gzip, chunked\r\n", 501)]
    [InlineData("POST / HTTP/1.0\r\nHost: delays.test\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("GET /a%2Fb HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /a%5cb HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /a\\b HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /a#b HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /%ff HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /a%0d%0ab HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET /a%zz HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: delays.test\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: delays.test\r\nExpect: the-unexpected\r\n", 417)]
    [InlineData("GET / HTTP/1.1\r\nHost: delays.test\r\nConnection: Host\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: delays.test\r\nContent-Length: 67108864\r\n", 413)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: delays.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400)]
    public async Task What_two_readers_could_read_differently_never_reaches_a_backend(string head, int status)
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        // A second header line "Connection" would be joined to the first.
        var closing = head.Contains("Connection:", StringComparison.Ordinal) ? head : head + "Connection: close\r\n";
        var answer = await RawClient.StatusLineAsync(gateway.Requests, closing + "\r\n", Cancellation);

        answer.Should().StartWith($"HTTP/1.1 {status.ToString(System.Globalization.CultureInfo.InvariantCulture)} ");
        backend.Seen.Should().BeEmpty();
        (await gateway.SettledScrapeAsync(Cancellation)).All.Keys.Should().NotContain(key => key.StartsWith("mlops_requests_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_on_the_way()
    {
        await using var backend = await ModelBackend.StartAsync(async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Requests.Port, Cancellation);
        var stream = client.GetStream();
        var sending = SendAsync(stream);

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Cancellation)).Should().StartWith("HTTP/1.1 413 ");
        client.Close();
        await sending;
        (await gateway.SettledScrapeAsync(Cancellation)).Requests("a", "malformed").Should().Be(1);

        static async Task SendAsync(NetworkStream stream)
        {
            try
            {
                await stream.WriteAsync("POST / HTTP/1.1\r\nHost: delays.test\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Cancellation);
                for (var chunk = 0; chunk < 20; chunk++)
                {
                    await stream.WriteAsync("100000\r\n"u8.ToArray(), Cancellation);
                    await stream.WriteAsync(new byte[0x100000], Cancellation);
                    await stream.WriteAsync("\r\n"u8.ToArray(), Cancellation);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The gateway has answered and hung up.
            }
        }
    }

    [Fact]
    public async Task An_upgrade_is_not_offered()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Requests.Port, Cancellation);
        await client.GetStream().WriteAsync(
            "GET / HTTP/1.1\r\nHost: delays.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray(),
            Cancellation);
        using var reader = new StreamReader(client.GetStream());

        (await reader.ReadLineAsync(Cancellation)).Should().StartWith("HTTP/1.1 200 ");
        backend.Seen.Single().Headers.Should().NotContainKeys("Upgrade", "Connection");
    }

    [Theory]
    [InlineData("/v2/models/%E2%9C%93/infer", "/v2/models/%E2%9C%93/infer")]
    [InlineData("/a%20b?c=%2F%0d", "/a%20b?c=%2F%0d")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2e%2e/b", "/b")]
    public async Task A_path_is_forwarded_as_it_was_routed(string target, string forwarded)
    {
        await using var backend = new RecordingBackend();
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        await RawClient.ExchangeAsync(gateway.Requests, $"GET {target} HTTP/1.1\r\nHost: delays.test\r\nConnection: close\r\n\r\n", Cancellation);

        (await backend.RequestLine).Should().Be($"GET {forwarded} HTTP/1.1");
    }

    [Theory]
    [InlineData("/v2/models", null)]
    [InlineData("/v2?x=%ff#", null)]
    [InlineData("http://delays.test/v2", null)]
    [InlineData("/%C3%A9", null)]
    [InlineData("/%C3", "the path's escapes are not UTF-8")]
    [InlineData("/%", "the path holds a % that begins no escape")]
    [InlineData("/%4", "the path holds a % that begins no escape")]
    [InlineData("", "the target is not a path that begins with /")]
    [InlineData("ftp://delays.test/", "the target is not a path that begins with /")]
    public void A_target_means_one_thing_or_is_refused(string target, string? problem) => RequestPath.Problem(target).Should().Be(problem);

    [Theory]
    [InlineData("x-mlops-version", true)]
    [InlineData("X_MLOPS_VERSION", true)]
    [InlineData("x-Mlops_a", true)]
    [InlineData("x-mlops", false)]
    [InlineData("x-mlop-s", false)]
    [InlineData("y-mlops-a", false)]
    public void Headers_of_the_gateway_are_known_in_every_spelling(string name, bool reserved) => ReservedHeaders.IsReserved(name).Should().Be(reserved);

    [Theory]
    [InlineData("delays.test", "delays.test")]
    [InlineData("delays.test:8080", "delays.test")]
    [InlineData("delays.test.", "delays.test")]
    [InlineData("[::1]:80", "[::1]")]
    [InlineData("", "")]
    public void A_host_is_compared_without_port_and_last_dot(string header, string host) => RequestHost.Of(header).ToString().Should().Be(host);
}
