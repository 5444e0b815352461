using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MlopsOperator.Gateway.Requests;

/// <summary>Problem documents (RFC 9457).</summary>
internal static class ProblemDocument
{
    /// <summary>Media type of a problem document.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with a problem document. The response must not have started.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string title, string detail, string? allow = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        if (allow is not null)
        {
            response.Headers.Allow = allow;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        await using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("requestId", context.TraceIdentifier);
            writer.WriteEndObject();
        }

        response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
