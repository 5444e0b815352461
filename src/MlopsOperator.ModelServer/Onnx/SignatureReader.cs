using Microsoft.ML.OnnxRuntime;
using MlopsOperator.ModelServer.Protocol;

namespace MlopsOperator.ModelServer.Onnx;

/// <summary>Reads a session's inputs and outputs as the protocol describes them.</summary>
internal static class SignatureReader
{
    /// <summary>The inputs, in the model's order.</summary>
    /// <param name="session">The session.</param>
    /// <returns>The inputs.</returns>
    /// <exception cref="ModelLoadException">The protocol cannot carry one of them.</exception>
    public static TensorSpecification[] Inputs(InferenceSession session) =>
        [.. session.InputNames.Select(name => Tensor("input", name, session.InputMetadata[name]))];

    /// <summary>The outputs, in the model's order. A map, or a sequence of maps, from keys to numbers (ZipMap) is a matrix with a column for each key.</summary>
    /// <param name="session">The session.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ModelLoadException">The protocol cannot carry one of them.</exception>
    public static TensorSpecification[] Outputs(InferenceSession session) =>
        [.. session.OutputNames.Select(name => Output(name, session.OutputMetadata[name]))];

    private static TensorSpecification Output(string name, NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_SEQUENCE when metadata.AsSequenceMetadata().ElementMeta is { OnnxValueType: OnnxValueType.ONNX_TYPE_MAP } element => Map(name, element.AsMapMetadata()),
        _ => Tensor("output", name, metadata),
    };

    private static TensorSpecification Map(string name, MapMetadata map)
    {
        var value = map.ValueMetadata;
        return value.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR && Datatypes.Of(value.ElementDataType) == TensorDatatype.Fp32
            ? new TensorSpecification(name, TensorDatatype.Fp32, [-1, -1]) { IsMap = true }
            : throw new ModelLoadException($"output '{name}' is a sequence of maps, but not to 32-bit floating-point numbers; the Open Inference Protocol has tensors only. Export the model without ZipMap");
    }

    private static TensorSpecification Tensor(string role, string name, NodeMetadata metadata)
    {
        if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR)
        {
            throw new ModelLoadException($"{role} '{name}' is of the kind {metadata.OnnxValueType}; the Open Inference Protocol has tensors only. Export the model with tensors");
        }

        var datatype = Datatypes.Of(metadata.ElementDataType)
            ?? throw new ModelLoadException($"{role} '{name}' has the element type {metadata.ElementDataType}; expected one of {Datatypes.Known}");
        return new TensorSpecification(name, datatype, Array.ConvertAll(metadata.Dimensions, size => (long)Math.Max(size, -1)))
        {
            DimensionNames = metadata.SymbolicDimensions,
        };
    }
}
