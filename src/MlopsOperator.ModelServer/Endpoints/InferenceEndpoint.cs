using System.Buffers;
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
        else if (InferenceHeader.Complaint(context.Request) is { } complaint)
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
            var request = Read(context.Request, body, model.Description);
            var json = new ArrayBufferWriter<byte>(512);
            var binary = new ArrayBufferWriter<byte>();
            await RunAsync(model, request, json, binary, context.RequestAborted);
            if (request.WantsBinary)
            {
                await Answer.SendBinaryAsync(context, json.WrittenMemory, binary.WrittenMemory);
            }
            else
            {
                await Answer.SendAsync(context, StatusCodes.Status200OK, json.WrittenMemory);
            }
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

    private static InferenceRequest Read(HttpRequest request, PooledBody body, ModelDescription model) => InferenceHeader.JsonBytes(request, body.Bytes.Length) switch
    {
        null => new InferenceRequestReader(model).Read(body.Bytes),
        0 => BinaryTensor.ReadRaw(model, body.Bytes),
        { } length => new InferenceRequestReader(model).Read(body.Bytes[..length], body.Bytes[length..]),
    };

    private async Task RunAsync(OnnxModel model, InferenceRequest request, ArrayBufferWriter<byte> json, ArrayBufferWriter<byte> binary, CancellationToken cancellationToken)
    {
        await gate.BeginRunAsync(cancellationToken);
        try
        {
            var started = time.GetTimestamp();
            using var outputs = model.Run(request, cancellationToken);
            metrics.ModelRan(time.GetElapsedTime(started));
            InferenceAnswerWriter.Write(model.Description, request, outputs, json, binary);
        }
        finally
        {
            gate.EndRun();
        }
    }
}
