using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Talks to gateways over HTTP. Sends no credentials, keeps no cookies, follows no redirect, uses no proxy.</summary>
internal sealed class HttpTelemetryClient : ITelemetryClient, IDisposable
{
    private const int FirstRead = 64 * 1024;

    private readonly HttpMessageInvoker _http;

#pragma warning disable CA2000 // The invoker owns the handler.
    public HttpTelemetryClient()
        : this(Handler())
    {
    }
#pragma warning restore CA2000

    internal HttpTelemetryClient(HttpMessageHandler handler) => _http = new(handler, disposeHandler: true);

    public async Task<TelemetryAnswer> PostAsync(Uri uri, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(uri, maxBytes);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new((int)response.StatusCode, await ReadAsync(stream, uri, maxBytes, cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 4,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, Uri uri, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(FirstRead, maxBytes + 1)];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length > maxBytes)
            {
                throw TooLarge(uri, maxBytes);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
            }
        }
    }

    private static HttpRequestException TooLarge(Uri uri, int maxBytes) => new(string.Create(CultureInfo.InvariantCulture, $"{uri} answered more than {maxBytes} bytes"));
}
