using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Requests;
using MlopsOperator.Gateway.Routes;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>Sends a request to an endpoint of a revision, counts how it ended, and answers where no revision did.</summary>
internal sealed class RevisionForwarder(IHttpForwarder forwarder, ForwardingClient client, AnswerHeaders answers, GatewayCounters counters, TimeProvider time)
{
    /// <summary>Forwards a request to a revision that has an endpoint.</summary>
    /// <returns>What was counted; nothing when the request could not even be made.</returns>
    public async Task<Outcome?> ForwardAsync(HttpContext context, Route route, RouteRevision revision)
    {
        var started = time.GetTimestamp();
        var cells = revision.Cells;
        cells.Enter();
        try
        {
            using var deadline = new CancellationTokenSource(route.Plan.Timeout, time);
            var abort = new ClientAbort(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
            context.Features.Set<IHttpRequestLifetimeFeature>(abort);
            var body = Track(context);
            await using var answer = TrackAnswer(context);
            var version = route.Plan.ExposeVersion && revision.Backend.ModelVersion.Length > 0 ? revision.Backend.ModelVersion : null;
            var transformer = new RevisionTransformer(answers, version);
            var error = await SendAsync(context, route, revision, transformer, body, deadline.Token);
            var verdict = ForwardVerdict.Of(new ForwardFacts(
                error,
                context.Response.StatusCode,
                context.Response.HasStarted,
                transformer.Suppressed,
                deadline.IsCancellationRequested,
                abort.HasHappened,
                body is { WaitsForClient: true },
                answer.WaitsForClient));
            if (verdict.Outcome is { } outcome)
            {
                cells.Count(outcome, time.GetElapsedTime(started));
            }
            else
            {
                counters.Refused("RequestCreation");
            }

            if (body is not null && verdict.OwnStatus == StatusCodes.Status408RequestTimeout)
            {
                await body.SettledAsync();
            }

            if (verdict.OwnStatus > 0)
            {
                await AnswerAsync(context, route, version, verdict.OwnStatus);
            }

            return verdict.Outcome;
        }
        finally
        {
            cells.Leave();
        }
    }

    private static TrackedBody? Track(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return null;
        }

        var body = new TrackedBody(context.Request.Body);
        context.Request.Body = body;
        return body;
    }

    private static TrackedAnswer TrackAnswer(HttpContext context)
    {
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var answer = new TrackedAnswer(server.Stream);
        context.Features.Set<IHttpResponseBodyFeature>(new TrackedAnswerFeature(server, answer));
        return answer;
    }

    private async Task<ForwarderError> SendAsync(HttpContext context, Route route, RouteRevision revision, RevisionTransformer transformer, TrackedBody? body, CancellationToken deadline)
    {
        var endpoint = EndpointPicker.Pick(revision.Endpoints, time);
        var error = await SendOnceAsync(context, route, endpoint, transformer, deadline);
        if (error != ForwarderError.Request || !IsConnectFailure(context))
        {
            return error;
        }

        endpoint.Refused(time);
        if (body is { HasStarted: true } || context.Response.HasStarted || deadline.IsCancellationRequested)
        {
            return error;
        }

        // The forwarder refuses a second attempt unless what it set is cleared, and its error feature would keep the first error.
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        counters.Retries.Inc();
        return await SendOnceAsync(context, route, EndpointPicker.Pick(revision.Endpoints, time, endpoint), transformer, deadline);
    }

    private async Task<ForwarderError> SendOnceAsync(HttpContext context, Route route, RevisionEndpoint endpoint, RevisionTransformer transformer, CancellationToken deadline)
    {
        endpoint.Enter();
        try
        {
            return await forwarder.SendAsync(context, endpoint.Prefix, client.Invoker, route.Forwarding, transformer, deadline);
        }
        finally
        {
            endpoint.Leave();
        }
    }

    private static bool IsConnectFailure(HttpContext context) =>
        context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        };

    private Task AnswerAsync(HttpContext context, Route route, string? version, int status)
    {
        context.Response.Clear();
        answers.Apply(context, version);
        var (title, detail) = status switch
        {
            504 => ("No answer in time", string.Create(CultureInfo.InvariantCulture, $"Route {route.Plan.Key}: the model gave no answer within {route.Plan.Timeout.TotalSeconds:0.###} s.")),
            502 => ("No usable answer", $"Route {route.Plan.Key}: the model could not be reached, or broke off before it answered."),
            408 => ("Request timeout", "The body of the request did not arrive in time."),
            413 => ("Content too large", string.Create(CultureInfo.InvariantCulture, $"The body has more than {Limits.RequestBodyBytes} bytes.")),
            _ => ("Bad request", "The body of the request is malformed."),
        };
        return ProblemDocument.WriteAsync(context, status, title, detail);
    }
}
