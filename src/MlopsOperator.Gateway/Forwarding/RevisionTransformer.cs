using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using MlopsOperator.Gateway.Requests;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>Headers of one request and its answer on their way through.</summary>
internal sealed class RevisionTransformer(AnswerHeaders answers, string? version) : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>Whether the revision answered with something that is no answer.</summary>
    public bool Suppressed { get; private set; }

    /// <inheritdoc />
    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        if (httpContext.Connection.RemoteIpAddress is { } address)
        {
            headers.TryAddWithoutValidation(ForwardedFor, address.ToString());
        }

        headers.TryAddWithoutValidation(ForwardedProto, httpContext.Request.Scheme);
    }

    /// <inheritdoc />
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return true;
        }

        // 101 would hand the connection to the backend; other statuses outside 200 to 599 mean nothing to a client that asked a model.
        if ((int)proxyResponse.StatusCode is < 200 or > 599)
        {
            Suppressed = true;
            return false;
        }

        var proceed = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        Strip(httpContext.Response.Headers, proxyResponse);
        answers.Apply(httpContext, version);
        if (httpContext.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true && httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            // Events come when they come; the idle time still holds.
            rate.MinDataRate = null;
        }

        return proceed;
    }

    /// <inheritdoc />
    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => default;

    private static void Strip(IHeaderDictionary answer, HttpResponseMessage proxyResponse)
    {
        answer.Remove(HeaderNames.Server);
        answer.Remove(HeaderNames.Trailer);
        foreach (var header in proxyResponse.Headers.NonValidated)
        {
            if (ReservedHeaders.IsReserved(header.Key))
            {
                answer.Remove(header.Key);
            }
            else if (string.Equals(header.Key, HeaderNames.Connection, StringComparison.OrdinalIgnoreCase))
            {
                foreach (var name in RequestHygiene.Options(header.Value.ToArray()))
                {
                    if (!string.Equals(name, HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase))
                    {
                        answer.Remove(name);
                    }
                }
            }
        }
    }
}
