using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>
/// Refuses a body that is too large, so that the client sees the 413: a server that closes while the client still sends breaks the connection,
/// and the answer with it. So the rest is read and thrown away, up to a limit.
/// </summary>
internal static class OversizedBody
{
    /// <summary>Answers 413, then reads what the client still sends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The limit that it passed.</param>
    /// <param name="time">Clock for the end of patience.</param>
    /// <returns>When the connection may be closed.</returns>
    public static async Task RefuseAsync(HttpContext context, int limit, TimeProvider time)
    {
        context.Response.Headers.Connection = "close";
        await Answer.FailAsync(context, StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"the body is larger than {limit} bytes (MAX_BODY_BYTES). Send several requests"));
        await context.Response.CompleteAsync();
        if (context.Request.Headers.Expect.Count == 0)
        {
            await DiscardAsync(context, time);
        }
    }

    private static async Task DiscardAsync(HttpContext context, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Limits.DiscardSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        var buffer = new byte[16 * 1024];
        long discarded = 0;
        try
        {
            int read;
            while (discarded < Limits.DiscardedBytes && (read = await context.Request.Body.ReadAsync(buffer, either.Token)) > 0)
            {
                discarded += read;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // The client has gone, or sends too slowly: the connection is closed either way.
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
    }
}
