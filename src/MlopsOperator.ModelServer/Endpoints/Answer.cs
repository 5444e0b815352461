using MlopsOperator.ModelServer.Protocol.Answers;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>Sends whole answers with their length.</summary>
internal static class Answer
{
    /// <summary>Sends JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="json">The body.</param>
    /// <returns>When it is sent.</returns>
    public static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    /// <summary>Sends <c>{"error": text}</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="message">The text.</param>
    /// <returns>When it is sent.</returns>
    public static Task FailAsync(HttpContext context, int status, string message)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return SendAsync(context, status, MetadataWriter.Error(message));
    }
}
