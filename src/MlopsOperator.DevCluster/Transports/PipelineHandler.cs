using System.Net;
using System.Net.Http.Headers;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The pipeline under any HTTP client, without a network.</summary>
internal sealed class PipelineHandler(Func<ApiRequest, CancellationToken, Task<ApiResponse>> handle, string? userAgent) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = await SendAsync(
            new ApiRequest(request.Method.Method, request.RequestUri!.PathAndQuery)
            {
                Accept = request.Headers.Accept.Count > 0 ? string.Join(',', request.Headers.Accept.Select(a => a.ToString().Replace("; ", ";", StringComparison.Ordinal))) : "application/json",
                ContentType = request.Content?.Headers.ContentType?.ToString() ?? "application/json",
                UserAgent = userAgent ?? request.Headers.UserAgent.ToString(),
                Body = body,
            },
            cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.Watch is { } watch ? new StreamContent(new WatchBody(watch))
                : answer.Stream is { } stream ? new StreamContent(stream)
                : new ReadOnlyMemoryContent(answer.Body),
        };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        foreach (var warning in answer.Warnings)
        {
            response.Headers.TryAddWithoutValidation("Warning", ApiResponse.WarningHeader(warning));
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        }

        return response;
    }

    /// <summary>A connection that breaks is to HTTP clients what it is over a network.</summary>
    private async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await handle(request, cancellationToken);
        }
        catch (ConnectionLostException lost)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, lost.Message, lost);
        }
    }
}
