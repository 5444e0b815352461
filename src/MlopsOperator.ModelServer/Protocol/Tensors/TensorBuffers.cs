using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Makes the buffer for a datatype.</summary>
internal static class TensorBuffers
{
    /// <summary>An empty buffer.</summary>
    /// <param name="datatype">Datatype of its elements.</param>
    /// <param name="length">How many elements it takes.</param>
    /// <returns>The buffer.</returns>
    public static ITensorBuffer Create(TensorDatatype datatype, int length) => datatype switch
    {
        TensorDatatype.Bool => new NumberBuffer<bool>(length, JsonElements.TryReadBool, static element => Unsafe.BitCast<bool, byte>(element) > 1),
        TensorDatatype.Int8 => new NumberBuffer<sbyte>(length, JsonElements.TryReadInt8),
        TensorDatatype.Int16 => new NumberBuffer<short>(length, JsonElements.TryReadInt16),
        TensorDatatype.Int32 => new NumberBuffer<int>(length, JsonElements.TryReadInt32),
        TensorDatatype.Int64 => new NumberBuffer<long>(length, JsonElements.TryReadInt64),
        TensorDatatype.UInt8 => new NumberBuffer<byte>(length, JsonElements.TryReadUInt8),
        TensorDatatype.UInt16 => new NumberBuffer<ushort>(length, JsonElements.TryReadUInt16),
        TensorDatatype.UInt32 => new NumberBuffer<uint>(length, JsonElements.TryReadUInt32),
        TensorDatatype.UInt64 => new NumberBuffer<ulong>(length, JsonElements.TryReadUInt64),
        TensorDatatype.Fp16 => new NumberBuffer<Float16>(length, read: null, Float16.IsInfinity),
        TensorDatatype.Fp32 => new NumberBuffer<float>(length, JsonElements.TryReadFp32, float.IsInfinity),
        TensorDatatype.Fp64 => new NumberBuffer<double>(length, JsonElements.TryReadFp64, double.IsInfinity),
        TensorDatatype.Bytes => new TextBuffer(length),
        _ => throw new ArgumentOutOfRangeException(nameof(datatype), datatype, "not a tensor datatype"),
    };
}
