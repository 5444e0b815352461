namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>Talks to pods over HTTP.</summary>
internal sealed class InferenceClient(HttpMessageInvoker http) : IInferenceClient
{
    public async Task<InferenceAnswer> SendAsync(string method, Uri address, ReadOnlyMemory<byte> body, int limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        using var response = await http.SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[limit];
        var length = await stream.ReadAtLeastAsync(buffer, limit, throwOnEndOfStream: false, cancellationToken);
        return new InferenceAnswer((int)response.StatusCode, buffer.AsMemory(0, length));
    }
}
