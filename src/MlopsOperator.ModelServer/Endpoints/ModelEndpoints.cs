using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Observing;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Answers;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>The paths of the Open Inference Protocol v2, and /metrics.</summary>
internal sealed class ModelEndpoints(ServerOptions options, ServerHealth health, ServerMetrics metrics, InferenceEndpoint inference)
{
    private const string Model = "/v2/models/{model}";
    private const string Version = Model + "/versions/{version}";

    /// <summary>Maps all paths.</summary>
    /// <param name="endpoints">Where to.</param>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/v2/health/live", [HttpMethods.Get], LiveAsync);
        endpoints.MapMethods("/v2/health/ready", [HttpMethods.Get], ReadyAsync);
        endpoints.MapMethods("/v2", [HttpMethods.Get], context => Answer.SendAsync(context, StatusCodes.Status200OK, MetadataWriter.Server()));
        endpoints.MapMethods("/metrics", [HttpMethods.Get], MetricsAsync);
        foreach (var path in (string[])[Model, Version])
        {
            endpoints.MapMethods(path, [HttpMethods.Get], OfThisModel(MetadataAsync));
            endpoints.MapMethods(path + "/ready", [HttpMethods.Get], OfThisModel(ModelReadyAsync));
            endpoints.MapMethods(path + "/infer", [HttpMethods.Post], OfThisModel(inference.HandleAsync));
        }
    }

    private RequestDelegate OfThisModel(RequestDelegate next) => context =>
    {
        if (!string.Equals((string?)context.Request.RouteValues["model"], options.ModelName, StringComparison.Ordinal))
        {
            return Answer.FailAsync(context, StatusCodes.Status404NotFound, $"the model '{Quote.Text((string?)context.Request.RouteValues["model"] ?? "")}' is not here; this server has '{options.ModelName}'");
        }

        return context.Request.RouteValues["version"] is not string version || string.Equals(version, options.ModelVersion, StringComparison.Ordinal)
            ? next(context)
            : Answer.FailAsync(context, StatusCodes.Status404NotFound, $"the version '{Quote.Text(version)}' is not here; this server has {(options.ModelVersion is null ? "no version" : $"'{options.ModelVersion}'")}");
    };

    private static Task LiveAsync(HttpContext context) => Answer.SendAsync(context, StatusCodes.Status200OK, MetadataWriter.Health(null, null));

    private Task ReadyAsync(HttpContext context) =>
        Answer.SendAsync(context, StatusOf(health.NotReadyReason), MetadataWriter.Health(health.NotReadyReason is null, health.NotReadyReason));

    private Task ModelReadyAsync(HttpContext context) =>
        Answer.SendAsync(context, StatusOf(health.NotReadyReason), MetadataWriter.ModelReady(options.ModelName, health.NotReadyReason));

    private Task MetadataAsync(HttpContext context) => health.State.Model is { } model
        ? Answer.SendAsync(context, StatusCodes.Status200OK, MetadataWriter.Model(model.Description))
        : Answer.FailAsync(context, StatusCodes.Status503ServiceUnavailable, health.State.Reason!);

    private async Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await metrics.WriteAsync(context.Response.Body, context.RequestAborted);
    }

    private static int StatusOf(string? reason) => reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
