using System.Buffers;
using Microsoft.Net.Http.Headers;
using MlopsOperator.ModelServer.Admission;
using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Observing;
using MlopsOperator.ModelServer.Onnx;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Answers;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>Inference: 400, 413 and 415 are the client's fault, 500 is the model's, 503 means later.</summary>
internal sealed class InferenceEndpoint(ServerOptions options, ServerHealth health, RequestGate gate, ServerMetrics metrics, FaultLog faults, TimeProvider time)
{
    // Known to proxies as "the client closed the connection"; nobody reads it but our own metrics.
    private const int ClientClosedRequest = 499;

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>When it is answered.</returns>
    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        metrics.RequestBegins();
        try
        {
            await AdmitAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Note(context, ClientClosedRequest);
        }
        catch (BadHttpRequestException exception)
        {
            // The body broke off, came too slowly, or was not HTTP.
            Note(context, exception.StatusCode);
        }
        catch (IOException)
        {
            Note(context, ClientClosedRequest);
        }
        finally
        {
            metrics.RequestEnds(context.Response.StatusCode, time.GetElapsedTime(started));
        }
    }

    private static void Note(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
        }
    }

    private async Task AdmitAsync(HttpContext context)
    {
        if (health.State.Model is not { } model)
        {
            await Answer.FailAsync(context, StatusCodes.Status503ServiceUnavailable, health.State.Reason!);
        }
        else if (WrongMediaType(context.Request) is { } complaint)
        {
            await Answer.FailAsync(context, StatusCodes.Status415UnsupportedMediaType, complaint);
        }
        else if (context.Request.ContentLength > options.MaxBodyBytes)
        {
            await OversizedBody.RefuseAsync(context, options.MaxBodyBytes, time);
        }
        else if (!gate.TryEnter())
        {
            await Answer.FailAsync(context, StatusCodes.Status503ServiceUnavailable, "the server is busy: all runs are taken and the queue is full");
        }
        else
        {
            try
            {
                await AnswerAsync(context, model);
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, OnnxModel model)
    {
        using var body = await PooledBody.ReadAsync(context.Request.Body, options.MaxBodyBytes, context.RequestAborted);
        if (body is null)
        {
            await OversizedBody.RefuseAsync(context, options.MaxBodyBytes, time);
            return;
        }

        try
        {
            var request = new InferenceRequestReader(model.Description).Read(body.Bytes);
            var answer = new ArrayBufferWriter<byte>(512);
            await RunAsync(model, request, answer, context.RequestAborted);
            await Answer.SendAsync(context, StatusCodes.Status200OK, answer.WrittenMemory);
        }
        catch (InvalidRequestException exception)
        {
            await Answer.FailAsync(context, StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (ModelFaultException exception)
        {
            faults.Failed(exception.Message);
            await Answer.FailAsync(context, StatusCodes.Status500InternalServerError, exception.Message);
        }
    }

    private async Task RunAsync(OnnxModel model, InferenceRequest request, ArrayBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        await gate.BeginRunAsync(cancellationToken);
        try
        {
            var started = time.GetTimestamp();
            using var outputs = model.Run(request, cancellationToken);
            metrics.ModelRan(time.GetElapsedTime(started));
            InferenceAnswerWriter.Write(model.Description, request, outputs, answer);
        }
        finally
        {
            gate.EndRun();
        }
    }

    private static string? WrongMediaType(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return $"content-encoding \"{Quote.Text(request.Headers.ContentEncoding.ToString())}\" is not taken; send the body as it is";
        }

        return string.IsNullOrEmpty(request.ContentType)
            || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            ? null
            : $"content-type \"{Quote.Text(request.ContentType)}\" is not taken; expected application/json";
    }
}
