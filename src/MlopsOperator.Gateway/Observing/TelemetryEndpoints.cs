using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Requests;
using MlopsOperator.Gateway.Routes;
using Prometheus;

namespace MlopsOperator.Gateway.Observing;

/// <summary>What the telemetry port answers: metrics, scrapes, health.</summary>
internal sealed class TelemetryEndpoints(TelemetryWriter writer, CollectorRegistry registry, RevisionRegistry revisions, RouteBoard board, DrainState drain)
{
    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var get = context.Request.Method is "GET" or "HEAD";
        return (context.Request.Path.Value, get) switch
        {
            (TelemetryNames.MetricsPath, true) => MetricsAsync(context),
            (TelemetryNames.ScrapePath, false) when context.Request.Method is "POST" => ScrapeAsync(context),
            (TelemetryNames.SamplesPath, true) => SamplesAsync(context),
            ("/healthz", true) => TextAsync(context, StatusCodes.Status200OK, "ok\n"),
            ("/readyz", true) => ReadyAsync(context),
            (TelemetryNames.MetricsPath or TelemetryNames.SamplesPath or "/healthz" or "/readyz", false) => ProblemDocument.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", "This path answers GET.", "GET, HEAD"),
            (TelemetryNames.ScrapePath, _) => ProblemDocument.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", "This path answers POST.", "POST"),
            _ => ProblemDocument.WriteAsync(context, StatusCodes.Status404NotFound, "Not found", $"This port answers {TelemetryNames.MetricsPath}, {TelemetryNames.ScrapePath}, {TelemetryNames.SamplesPath}, /healthz and /readyz."),
        };
    }

    private async Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = ExpositionWriter.ContentType;
        writer.WriteCoarse(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        await registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task ScrapeAsync(HttpContext context)
    {
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = Limits.ScrapeBodyBytes;
        }

        ScrapeRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(context.Request.Body, ScrapeJson.Default.ScrapeRequest, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            await ProblemDocument.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed scrape", $"The body is not the JSON {{\"routes\": [\"namespace/name\"]}}: {Quoted.Cut(exception.Message)}");
            return;
        }
        catch (BadHttpRequestException exception)
        {
            await ProblemDocument.WriteAsync(context, exception.StatusCode, "Malformed scrape", Quoted.Cut(exception.Message));
            return;
        }

        if (request?.Routes is not { } routes || routes.Count > Limits.ScrapeRoutes || routes.Any(route => route is null))
        {
            await ProblemDocument.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed scrape", $"routes: expected a list of at most {Limits.ScrapeRoutes} names, namespace/name each.");
            return;
        }

        if (request.Floors is { } floors && (floors.Count > Limits.ScrapeRoutes || floors.Values.Any(floor => floor < 0)))
        {
            await ProblemDocument.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed scrape", $"floors: expected at most {Limits.ScrapeRoutes} sequences by route, 0 or more each.");
            return;
        }

        context.Response.ContentType = ExpositionWriter.ContentType;
        writer.WriteFine(context.Response.BodyWriter, routes);

        // After the answer is written, so that it says whether the exposure had lapsed when this scrape came.
        foreach (var (route, floor) in request.Floors ?? new Dictionary<string, long>())
        {
            board.Table.Routes.GetValueOrDefault(route)?.Lease?.Name(floor);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task SamplesAsync(HttpContext context)
    {
        var route = context.Request.Query["route"].ToString();
        if (!revisions.ByRoute.TryGetValue(route, out var cells))
        {
            await ProblemDocument.WriteAsync(context, StatusCodes.Status404NotFound, "No such route", $"route: found \"{Quoted.Cut(route)}\"; expected a route of this gateway, such as ?route=namespace/name.");
            return;
        }

        var answer = new SamplesAnswer(route, [.. cells.Where(each => each.Mirror is not null).Select(each => new RevisionSamples(each.Revision, each.Mirror!.Samples.Copy()))]);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, ScrapeJson.Default.SamplesAnswer, context.RequestAborted);
    }

    private Task ReadyAsync(HttpContext context) => drain.IsDraining
        ? TextAsync(context, StatusCodes.Status503ServiceUnavailable, "draining: this gateway is stopping\n")
        : board.IsLoaded
            ? TextAsync(context, StatusCodes.Status200OK, "ok\n")
            : TextAsync(context, StatusCodes.Status503ServiceUnavailable, "waiting for the first complete list of GatewayRoutes and EndpointSlices\n");

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
