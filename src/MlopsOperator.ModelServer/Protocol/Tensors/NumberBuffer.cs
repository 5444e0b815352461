using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Elements of a fixed width.</summary>
/// <typeparam name="T">The element's type.</typeparam>
/// <param name="length">How many.</param>
/// <param name="read">Reads one from JSON; null where the datatype has no JSON form.</param>
/// <param name="isWrong">Whether some bits are no element; null where all are.</param>
internal sealed class NumberBuffer<T>(int length, ReadElement<T>? read, Func<T, bool>? isWrong = null) : ITensorBuffer
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
    public bool TryTake(ReadOnlySpan<byte> bytes)
    {
        var target = MemoryMarshal.AsBytes(elements.AsSpan());
        if (bytes.Length != target.Length)
        {
            return false;
        }

        // Every platform that ONNX Runtime serves is little-endian, as the protocol is.
        bytes.CopyTo(target);
        count = elements.Length;
        return isWrong is null || !Array.Exists(elements, element => isWrong(element));
    }

    /// <inheritdoc />
    public OrtValue ToTensor(long[] shape) => OrtValue.CreateTensorValueFromMemory(elements, shape);
}
