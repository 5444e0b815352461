using MlopsOperator.ModelServer.Endpoints;
using MlopsOperator.ModelServer.Health;

namespace MlopsOperator.ModelServer.Hosting;

/// <summary>Gives every refusal a body <c>{"error": text}</c>, and asks clients to go elsewhere while the server stops.</summary>
internal static class ErrorBodies
{
    /// <summary>Wraps all endpoints.</summary>
    /// <param name="health">Whether the server stops.</param>
    /// <param name="logger">Is told of errors that nobody foresaw.</param>
    /// <param name="next">The endpoints.</param>
    /// <returns>The wrapped endpoints.</returns>
    public static RequestDelegate Wrap(ServerHealth health, ILogger logger, RequestDelegate next) => async context =>
    {
        if (health.IsStopping)
        {
            context.Response.Headers.Connection = "close";
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception)
        {
            context.Response.StatusCode = exception.StatusCode;
        }
#pragma warning disable CA1031 // The last resort: the client gets an answer, the log gets the cause.
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.UnforeseenError(exception);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400 and not 499 } response)
        {
            await Answer.FailAsync(context, response.StatusCode, MessageFor(context));
        }
    };

    private static string MessageFor(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "there is nothing at this path; models are at /v2/models/{name}",
        StatusCodes.Status405MethodNotAllowed => $"the method {context.Request.Method} is not taken here; expected {context.Response.Headers.Allow}",
        StatusCodes.Status408RequestTimeout => "the body came too slowly",
        StatusCodes.Status500InternalServerError => "the server failed; its log has the details",
        _ => "the request is not valid HTTP",
    };
}
