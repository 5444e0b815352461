using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Microsoft.ML.OnnxRuntime;
using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Protocol.Answers;

/// <summary>Outputs in the binary form, an extension of the protocol: raw little-endian elements after the JSON. The rule for numbers is that of JSON: finite.</summary>
internal static class BinaryOutput
{
    /// <summary>Writes the elements of one output.</summary>
    /// <param name="specification">The output.</param>
    /// <param name="value">Its value.</param>
    /// <param name="maps">Its value as a matrix, where the model yields maps.</param>
    /// <param name="target">Where to.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ModelFaultException">An element is not finite, or not text.</exception>
    public static int Write(TensorSpecification specification, OrtValue value, MapMatrix? maps, ArrayBufferWriter<byte> target)
    {
        var before = target.WrittenCount;
        switch (specification.Datatype)
        {
            case TensorDatatype.Bytes: WriteText(specification.Name, value, target); break;
            case TensorDatatype.Fp16: WriteNumbers(specification.Name, value.GetTensorDataAsSpan<Float16>(), static element => (float)element, target); break;
            case TensorDatatype.Fp32: WriteNumbers(specification.Name, maps is null ? value.GetTensorDataAsSpan<float>() : maps.Values, static element => element, target); break;
            case TensorDatatype.Fp64: WriteNumbers(specification.Name, value.GetTensorDataAsSpan<double>(), static element => element, target); break;
            default: target.Write(value.GetTensorDataAsSpan<byte>()); break;
        }

        return target.WrittenCount - before;
    }

    private static void WriteNumbers<T>(string name, ReadOnlySpan<T> elements, Func<T, double> number, ArrayBufferWriter<byte> target)
        where T : unmanaged
    {
        for (var index = 0; index < elements.Length; index++)
        {
            if (!double.IsFinite(number(elements[index])))
            {
                throw OutputFault.NotFinite(name, index, number(elements[index]));
            }
        }

        target.Write(MemoryMarshal.AsBytes(elements));
    }

    private static void WriteText(string name, OrtValue value, ArrayBufferWriter<byte> target)
    {
        var count = value.GetTensorTypeAndShape().ElementCount;
        for (var index = 0; index < count; index++)
        {
            var text = value.GetStringElementAsSpan(index);
            if (!Utf8.IsValid(text))
            {
                throw OutputFault.NotText(name, index);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(target.GetSpan(sizeof(uint)), (uint)text.Length);
            target.Advance(sizeof(uint));
            target.Write(text);
        }
    }
}
