using System.Buffers;
using MlopsOperator.ModelServer.Onnx;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Answers;

namespace MlopsOperator.ModelServer.Health;

/// <summary>Runs a model once before it is ready, so that its first request does not pay for that.</summary>
/// <param name="logger">Is told of what is odd.</param>
internal sealed class ModelWarmUp(ILogger<ModelWarmUp> logger)
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
            var described = description.Outputs.Select((output, index) => output.IsMap ? WithLabels(output, MapMatrix.Read(output.Name, outputs[index])) : output);
            return model.Describe(description with { Outputs = [.. described] });
        }
        catch (ModelFaultException exception)
        {
            logger.WarmUpFailed(description.Name, description.Version ?? "none", exception.Message);
            return model;
        }
    }

    private static TensorSpecification WithLabels(TensorSpecification output, MapMatrix matrix) =>
        matrix.Rows == 0 ? output : output with { Shape = [-1, matrix.Columns], Labels = matrix.Labels };
}
