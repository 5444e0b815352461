using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Collects the elements of one tensor, row-major.</summary>
internal interface ITensorBuffer
{
    /// <summary>Appends the value that a JSON reader stands on.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>Whether it is a value of the datatype.</returns>
    bool TryAppend(ref Utf8JsonReader reader);

    /// <summary>Takes all elements in the binary form of the protocol: little-endian, without padding; text as length and bytes.</summary>
    /// <param name="bytes">Exactly the elements.</param>
    /// <returns>Whether the bytes are as many elements as the buffer holds, and each is one of the datatype.</returns>
    bool TryTake(ReadOnlySpan<byte> bytes);

    /// <summary>The tensor, for ONNX Runtime. Elements that were not appended are zero or empty.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>The tensor; the caller disposes it before the buffer is let go.</returns>
    OrtValue ToTensor(long[] shape);
}
