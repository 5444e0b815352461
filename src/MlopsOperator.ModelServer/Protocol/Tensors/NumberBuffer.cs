using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Elements of a fixed width.</summary>
/// <typeparam name="T">The element's type.</typeparam>
/// <param name="length">How many.</param>
/// <param name="read">Reads one from JSON; null where the datatype has no JSON form.</param>
internal sealed class NumberBuffer<T>(int length, ReadElement<T>? read) : ITensorBuffer
    where T : unmanaged
{
    private readonly T[] elements = new T[length];
    private int count;

    /// <inheritdoc />
    public bool TryAppend(ref Utf8JsonReader reader)
    {
        if (read is null || !read(ref reader, out var value))
        {
            return false;
        }

        elements[count++] = value;
        return true;
    }

    /// <inheritdoc />
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        var target = MemoryMarshal.AsBytes(elements.AsSpan());
        if (bytes.Length != target.Length)
        {
            return false;
        }

        // Every platform that ONNX Runtime serves is little-endian, as the protocol is.
        bytes.CopyTo(target);
        count = elements.Length;
        return true;
    }

    /// <inheritdoc />
    public OrtValue ToTensor(long[] shape) => OrtValue.CreateTensorValueFromMemory(elements, shape);
}
