using System.Buffers;
using MlopsOperator.ModelServer.Onnx;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Answers;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Health;

/// <summary>Runs a model before it is ready, so that its first requests do not pay for that.</summary>
/// <param name="time">Clock.</param>
/// <param name="logger">Is told of what is odd.</param>
internal sealed class ModelWarmUp(TimeProvider time, ILogger<ModelWarmUp> logger)
{
    /// <summary>Runs one row of zeros. A model that fails on it is served all the same: zeros may be wrong for it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The model; described better where the run told the keys of maps.</returns>
    public OnnxModel Run(OnnxModel model, CancellationToken cancellationToken)
    {
        var description = model.Description;
        foreach (var output in description.Outputs.Where(output => output.IsMap))
        {
            logger.MapsAreSlow(output.Name);
        }

        try
        {
            var request = model.Zeros();
            using var outputs = model.Run(request, cancellationToken);
            InferenceAnswerWriter.Write(description, request, outputs, new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
            Repeat(model, cancellationToken);
            var described = description.Outputs.Select((output, index) => output.IsMap ? WithLabels(output, MapMatrix.Read(output.Name, outputs[index])) : output);
            return model.Describe(description with { Outputs = [.. described] });
        }
        catch (ModelFaultException exception)
        {
            logger.WarmUpFailed(description.Name, description.Version ?? "none", exception.Message);
            return model;
        }
    }

    /// <summary>Reads, runs and answers a request some times, as clients will have it.</summary>
    private void Repeat(OnnxModel model, CancellationToken cancellationToken)
    {
        if (ZeroRequest.Values(model.Description) > Limits.WarmUpValues)
        {
            return;
        }

        var started = time.GetTimestamp();
        var (json, binary) = ZeroRequest.Write(model.Description);
        for (var times = 0; times < Limits.WarmUpRequests && time.GetElapsedTime(started).TotalMilliseconds < Limits.WarmUpMilliseconds; times++)
        {
            var request = new InferenceRequestReader(model.Description).Read(json.Span, binary);
            using var outputs = model.Run(request, cancellationToken);
            InferenceAnswerWriter.Write(model.Description, request, outputs, new ArrayBufferWriter<byte>(512), new ArrayBufferWriter<byte>());
        }
    }

    private static TensorSpecification WithLabels(TensorSpecification output, MapMatrix matrix) =>
        matrix.Rows == 0 ? output : output with { Shape = [-1, matrix.Columns], Labels = matrix.Labels };
}
