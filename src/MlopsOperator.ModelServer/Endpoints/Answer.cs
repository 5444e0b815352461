using System.Globalization;
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

    /// <summary>Sends JSON with raw tensors after it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="binary">The tensors.</param>
    /// <returns>When it is sent.</returns>
    public static async Task SendBinaryAsync(HttpContext context, ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> binary)
    {
        context.Response.ContentType = InferenceHeader.BinaryType;
        context.Response.ContentLength = json.Length + binary.Length;
        context.Response.Headers[InferenceHeader.Name] = json.Length.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
        await context.Response.Body.WriteAsync(binary, context.RequestAborted);
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
