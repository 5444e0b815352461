using Microsoft.ML.OnnxRuntime;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Requests;
using MlopsOperator.ModelServer.Protocol.Tensors;

namespace MlopsOperator.ModelServer.Onnx;

/// <summary>A loaded model. Runs may be made by several threads at once.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession session;
    private readonly string[] inputNames;

    /// <summary>Takes over a session.</summary>
    /// <param name="session">The session; disposed with the model.</param>
    /// <param name="description">What clients are told.</param>
    public OnnxModel(InferenceSession session, ModelDescription description)
    {
        this.session = session;
        Description = description;
        inputNames = Array.ConvertAll(description.Inputs, input => input.Name);
    }

    /// <summary>What clients are told, and requests are checked against.</summary>
    public ModelDescription Description { get; private init; }

    /// <summary>The same model with a richer description.</summary>
    /// <param name="description">The description.</param>
    /// <returns>A model over the same session: use it instead of this one.</returns>
    public OnnxModel Describe(ModelDescription description) => new(session, description);

    /// <summary>A request of zeros that fits the model: one row, empty text.</summary>
    /// <returns>The request.</returns>
    public InferenceRequest Zeros()
    {
        var inputs = Array.ConvertAll(Description.Inputs, input =>
        {
            var shape = Array.ConvertAll(input.Shape, size => size < 0 ? 1 : size);
            return new InputTensor(input, shape, TensorBuffers.Create(input.Datatype, (int)Math.Min(TensorShape.Elements(shape), int.MaxValue)));
        });
        return new InferenceRequest(null, inputs, [.. Description.Outputs.Select((output, index) => new RequestedOutput(index, output.Datatype == TensorDatatype.Fp16))]);
    }

    /// <summary>Runs the model on this thread.</summary>
    /// <param name="request">A request that was checked.</param>
    /// <param name="cancellationToken">Ends the run between two nodes of the graph.</param>
    /// <returns>The wanted outputs, in the request's order; the caller disposes them.</returns>
    /// <exception cref="ModelFaultException">The model failed.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(InferenceRequest request, CancellationToken cancellationToken)
    {
        var inputs = new OrtValue?[request.Inputs.Length];
        try
        {
            for (var index = 0; index < inputs.Length; index++)
            {
                inputs[index] = request.Inputs[index].Data.ToTensor(request.Inputs[index].Shape);
            }

            using var options = new RunOptions();
#pragma warning disable MA0045 // The run takes this thread anyway.
            using var registration = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
#pragma warning restore MA0045
            return session.Run(options, inputNames, inputs!, Array.ConvertAll(request.Outputs, output => Description.Outputs[output.Index].Name));
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFaultException($"the model failed on this request: {OnnxText.Of(exception.Message)}");
        }
        finally
        {
            foreach (var input in inputs)
            {
                input?.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();
}
