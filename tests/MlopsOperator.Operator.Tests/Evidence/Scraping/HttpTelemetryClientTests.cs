using System.Net;
using System.Text;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

public sealed class HttpTelemetryClientTests
{
    private static readonly Uri Address = new("http://gateway:9090/telemetry/v1/scrape");

    [Fact]
    public async Task A_body_is_posted_as_json_and_the_whole_answer_comes_back()
    {
        var body = new string('x', 300_000) + "\n";
        using var handler = new StubHandler(new() { Content = new StringContent(body) });
        using var client = new HttpTelemetryClient(handler);

        var answer = await client.PostAsync(Address, """{"routes":[]}"""u8.ToArray(), 1_000_000, TestContext.Current.CancellationToken);

        answer.Status.Should().Be(200);
        Encoding.UTF8.GetString(answer.Body.Span).Should().Be(body);
        handler.Seen.Should().Equal(("POST", Address, "application/json", """{"routes":[]}"""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_an_error_whether_it_says_so_or_not(bool announced)
    {
        using var content = announced ? (HttpContent)new ByteArrayContent(new byte[101]) : new StreamContent(new Endless());
        using var client = new HttpTelemetryClient(new StubHandler(new() { Content = content }));

        var posting = () => client.PostAsync(Address, default, 100, TestContext.Current.CancellationToken);

        await posting.Should().ThrowAsync<HttpRequestException>().WithMessage("*more than 100 bytes");
    }

    [Fact]
    public async Task An_answer_as_large_as_the_limit_is_read()
    {
        using var client = new HttpTelemetryClient(new StubHandler(new() { Content = new ByteArrayContent(new byte[100]) }));

        (await client.PostAsync(Address, default, 100, TestContext.Current.CancellationToken)).Body.Length.Should().Be(100);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/telemetry/v1/scrape");
        var serving = RedirectOnceAsync(listener, TestContext.Current.CancellationToken);
        using var client = new HttpTelemetryClient();

        var answer = await client.PostAsync(address, "{}"u8.ToArray(), 1000, TestContext.Current.CancellationToken);
        await serving;

        answer.Status.Should().Be(302);
        listener.Pending().Should().BeFalse();
    }

    private static async Task RedirectOnceAsync(System.Net.Sockets.TcpListener listener, CancellationToken cancellationToken)
    {
        using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = connection.GetStream();
        var request = new byte[4096];
        _ = await stream.ReadAsync(request, cancellationToken);
        await stream.WriteAsync("HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
    }

    private sealed class StubHandler(HttpResponseMessage response) : HttpMessageHandler
    {
        public List<(string Method, Uri? Uri, string? ContentType, string Body)> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add((request.Method.Method, request.RequestUri, request.Content!.Headers.ContentType?.ToString(), await request.Content.ReadAsStringAsync(cancellationToken)));
            return response;
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
