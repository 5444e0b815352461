using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Endpoints for probes and scrapes; the program owns the server and its address.</summary>
public static class OperatorEndpoints
{
    /// <summary>
    /// Maps /healthz (200 while the watches make progress), /readyz (200 once all caches are complete) and /metrics
    /// (the <see cref="CollectorRegistry"/> among the services). A 503 names the kinds that are missing.
    /// </summary>
    public static IEndpointRouteBuilder MapOperatorEndpoints(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/healthz", (RequestDelegate)(context => AnswerAsync(context, "no sign of the API server for 15 minutes, by kind: ", Health(context).Stuck())));
        endpoints.MapGet("/readyz", (RequestDelegate)(context => AnswerAsync(context, "caches not complete: ", Health(context).Unsynced())));
        endpoints.MapGet("/metrics", (RequestDelegate)WriteMetricsAsync);
        return endpoints;
    }

    private static OperatorHealth Health(HttpContext context) => context.RequestServices.GetRequiredService<OperatorHealth>();

    private static Task AnswerAsync(HttpContext context, string problem, IReadOnlyList<string> kinds)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.StatusCode = kinds.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(kinds.Count == 0 ? "ok\n" : $"{problem}{string.Join(", ", kinds)}\n", context.RequestAborted);
    }

    private static Task WriteMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        var registry = context.RequestServices.GetRequiredService<CollectorRegistry>();
        return registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }
}
