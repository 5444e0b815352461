namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>Talks to pods over HTTP.</summary>
internal sealed class InferenceClient : IInferenceClient, IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        MaxResponseHeadersLength = 16,
    });

    public void Dispose() => _http.Dispose();

    public async Task<InferenceAnswer> SendAsync(string method, Uri address, ReadOnlyMemory<byte> body, int limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (answer.Length < limit && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - answer.Length)), cancellationToken) is > 0 and var read)
        {
            answer.Write(buffer.AsSpan(0, read));
        }

        return new InferenceAnswer((int)response.StatusCode, answer.ToArray());
    }
}
