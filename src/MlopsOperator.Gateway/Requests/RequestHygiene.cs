using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MlopsOperator.Gateway.Requests;

/// <summary>Refuses requests that a gateway and a backend could read differently, and takes from the others what must not go further.</summary>
internal static class RequestHygiene
{
    private const string Methods = "GET, HEAD, POST, OPTIONS";

    /// <summary>Kestrel moves a Content-Length there that stood beside a Transfer-Encoding.</summary>
    private const string MovedContentLength = "X-Content-Length";

    private static readonly string[] Framing = ["Host", "Content-Length", "Transfer-Encoding"];

    /// <summary>Why the request is refused, or null.</summary>
    public static Refusal? Check(HttpContext context)
    {
        var request = context.Request;
        if (request.Method is not ("GET" or "HEAD" or "POST" or "OPTIONS"))
        {
            return new Refusal(405, "Method", "Method not allowed", $"Found method \"{Quoted.Cut(request.Method)}\"; expected one of {Methods}.", Methods);
        }

        return CheckFraming(request) ?? CheckTarget(context) ?? CheckExpectations(request);
    }

    /// <summary>Removes what only concerns this connection and what only the gateway may set, and sets the request's id. An upgrade is not offered.</summary>
    public static void Strip(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Upgrade.Count > 0)
        {
            // An upgraded connection has no limits any more.
            context.Features.Set<IHttpUpgradeFeature>(null);
        }

        // Kestrel shows a Connection header that holds close or keep-alive as that alone: what else it named cannot be known here.
        if (headers.Connection.Count > 0)
        {
            foreach (var name in Options(headers.Connection))
            {
                headers.Remove(name);
            }
        }

        List<string>? dropped = null;
        foreach (var (name, _) in headers)
        {
            if (ReservedHeaders.IsReserved(name) || ReservedHeaders.IsForwarding(name))
            {
                (dropped ??= []).Add(name);
            }
        }

        foreach (var name in dropped ?? [])
        {
            headers.Remove(name);
        }

        headers.Remove(HeaderNames.Trailer);
        headers[ReservedHeaders.RequestId] = context.TraceIdentifier;
    }

    /// <summary>Names in a Connection header.</summary>
    public static IEnumerable<string> Options(StringValues connection) =>
        connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Refusal? CheckFraming(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0)
        {
            if (HttpProtocol.IsHttp10(request.Protocol))
            {
                return new Refusal(400, "Framing", "Bad request", "HTTP/1.0 has no Transfer-Encoding.", Closes: true);
            }

            if (headers.ContentLength is not null || headers.ContainsKey(MovedContentLength))
            {
                return new Refusal(400, "Framing", "Bad request", "Found both Content-Length and Transfer-Encoding; expected one of them.", Closes: true);
            }

            var encoding = headers.TransferEncoding.ToString();
            if (!string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(501, "TransferEncoding", "Not implemented", $"Found Transfer-Encoding \"{Quoted.Cut(encoding)}\"; only chunked is known.", Closes: true);
            }
        }

        if (headers.Connection.Count > 0 && Options(headers.Connection).FirstOrDefault(option => Framing.Contains(option, StringComparer.OrdinalIgnoreCase)) is { } named)
        {
            return new Refusal(400, "Framing", "Bad request", $"The header Connection names {Quoted.Cut(named)}, which is not for one connection only.", Closes: true);
        }

        return null;
    }

    private static Refusal? CheckTarget(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return RequestPath.Problem(raw) is { } problem
            ? new Refusal(400, "Target", "Bad request", $"The request target \"{Quoted.Cut(raw)}\" cannot be used: {problem}.")
            : null;
    }

    private static Refusal? CheckExpectations(HttpRequest request)
    {
        if (request.Headers.Expect.Count > 0 && !string.Equals(request.Headers.Expect.ToString(), "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(417, "Expect", "Expectation failed", $"Found Expect \"{Quoted.Cut(request.Headers.Expect.ToString())}\"; only 100-continue is known.");
        }

        if (request.ContentLength > Limits.RequestBodyBytes)
        {
            var found = request.ContentLength.Value.ToString(CultureInfo.InvariantCulture);
            var most = Limits.RequestBodyBytes.ToString(CultureInfo.InvariantCulture);
            return new Refusal(413, "TooLarge", "Content too large", $"The body has {found} bytes; at most {most} are taken.", Closes: true);
        }

        return null;
    }
}
