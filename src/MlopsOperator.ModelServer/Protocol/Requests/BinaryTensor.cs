using System.Globalization;
using MlopsOperator.ModelServer.Protocol.Tensors;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Inputs in the binary form, an extension of the protocol: raw little-endian elements after the JSON.</summary>
internal static class BinaryTensor
{
    /// <summary>Reads the elements of one input.</summary>
    /// <param name="specification">The input.</param>
    /// <param name="shape">Its shape in the request, checked.</param>
    /// <param name="bytes">Its share of the binary part.</param>
    /// <returns>The elements.</returns>
    /// <exception cref="InvalidRequestException">The bytes are not these elements.</exception>
    public static ITensorBuffer Read(TensorSpecification specification, long[] shape, ReadOnlySpan<byte> bytes)
    {
        var width = Datatypes.WidthOf(specification.Datatype);
        var elements = TensorShape.Elements(shape);
        var fits = width > 0 ? elements <= bytes.Length && elements * width == bytes.Length : elements <= bytes.Length / sizeof(uint);
        if (!fits)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{specification.Name}': found {bytes.Length} bytes of binary data; expected {elements} values of {Datatypes.NameOf(specification.Datatype)} for the shape {TensorShape.Text(shape)}"));
        }

        var buffer = TensorBuffers.Create(specification.Datatype, (int)elements);
        return buffer.TryTake(bytes)
            ? buffer
            : throw new InvalidRequestException($"input '{specification.Name}': the binary data are not values of {Datatypes.NameOf(specification.Datatype)}: {Reason(specification.Datatype)}");
    }

    /// <summary>Reads a body that is one tensor and nothing else. What the model leaves open follows from the length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>The request, for all outputs in the binary form.</returns>
    /// <exception cref="InvalidRequestException">The model has several inputs, or leaves too much open, or the length does not fit.</exception>
    public static InferenceRequest ReadRaw(ModelDescription model, ReadOnlySpan<byte> body)
    {
        if (model.Inputs.Length != 1)
        {
            throw new InvalidRequestException($"Inference-Header-Content-Length: found 0, a body of one tensor; the model has several inputs: {ModelDescription.NamesOf(model.Inputs)}");
        }

        var input = model.Inputs[0];
        var width = Datatypes.WidthOf(input.Datatype);
        if (width == 0 || input.Shape.Count(size => size < 0) > 1)
        {
            throw new InvalidRequestException($"Inference-Header-Content-Length: found 0, a body of one tensor; the shape of input '{input.Name}' cannot be told from its length. Send a JSON header");
        }

        var row = input.Shape.Where(size => size >= 0).Aggregate((long)width, (product, size) => product * size);
        var rows = body.Length / Math.Max(row, 1);
        var shape = Array.ConvertAll(input.Shape, size => size < 0 ? rows : size);
        TensorShape.Check(input, shape, model.MaxBatchSize);
        var outputs = Enumerable.Range(0, model.Outputs.Length).Select(index => new RequestedOutput(index, IsBinary: true));
        return new InferenceRequest(null, [new InputTensor(input, shape, Read(input, shape, body))], [.. outputs]);
    }

    private static string Reason(TensorDatatype datatype) => datatype switch
    {
        TensorDatatype.Bytes => "expected for each its length in 4 bytes, then so many bytes of UTF-8, and nothing else",
        TensorDatatype.Bool => "expected bytes of 0 and 1",
        _ => "expected finite numbers, or NaN for a missing value",
    };
}
