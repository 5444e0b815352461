using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.ML.OnnxRuntime;
using MlopsOperator.ModelServer.Onnx;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Protocol.Answers;

/// <summary>Writes an inference answer of the Open Inference Protocol v2, data flat and row-major.</summary>
internal static class InferenceAnswerWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an answer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request that is answered.</param>
    /// <param name="outputs">The wanted outputs, in the request's order.</param>
    /// <param name="target">Receives the JSON.</param>
    /// <param name="binary">Receives the binary part, in the order of those outputs that were asked for in that form.</param>
    /// <exception cref="ModelFaultException">An output cannot be sent: NaN, infinity, or text that is not UTF-8.</exception>
    public static void Write(ModelDescription model, InferenceRequest request, IReadOnlyList<OrtValue> outputs, IBufferWriter<byte> target, ArrayBufferWriter<byte> binary)
    {
#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
        using var writer = new Utf8JsonWriter(target, Options);
#pragma warning restore MA0045
        writer.WriteStartObject();
        writer.WriteString("model_name"u8, model.Name);
        if (model.Version is not null)
        {
            writer.WriteString("model_version"u8, model.Version);
        }

        if (request.Id is not null)
        {
            writer.WriteString("id"u8, request.Id);
        }

        writer.WriteStartArray("outputs"u8);
        for (var index = 0; index < outputs.Count; index++)
        {
            WriteOutput(writer, model.Outputs[request.Outputs[index].Index], outputs[index], request.Outputs[index].IsBinary ? binary : null);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter writer, TensorSpecification specification, OrtValue value, ArrayBufferWriter<byte>? binary)
    {
        var maps = specification.IsMap ? MapMatrix.Read(specification.Name, value) : null;
        writer.WriteStartObject();
        writer.WriteString("name"u8, specification.Name);
        writer.WriteString("datatype"u8, Datatypes.NameOf(specification.Datatype));
        WriteShape(writer, maps is null ? value.GetTensorTypeAndShape().Shape : [maps.Rows, maps.Columns]);
        int? binarySize = binary is null ? null : BinaryOutput.Write(specification, value, maps, binary);
        WriteParameters(writer, maps?.Labels, binarySize);
        if (binary is null)
        {
            writer.WriteStartArray("data"u8);
            WriteData(writer, specification, value, maps);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, string? labels, int? binarySize)
    {
        if (labels is null && binarySize is null)
        {
            return;
        }

        writer.WriteStartObject("parameters"u8);
        if (labels is not null)
        {
            writer.WriteString("labels"u8, labels);
        }

        if (binarySize is not null)
        {
            writer.WriteNumber("binary_data_size"u8, binarySize.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, TensorSpecification specification, OrtValue value, MapMatrix? maps)
    {
        if (maps is null)
        {
            WriteElements(writer, specification, value);
        }
        else
        {
            WriteFp32(writer, specification.Name, maps.Values);
        }
    }

    private static void WriteShape(Utf8JsonWriter writer, long[] shape)
    {
        writer.WriteStartArray("shape"u8);
        foreach (var size in shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
    }

    private static void WriteElements(Utf8JsonWriter writer, TensorSpecification specification, OrtValue value)
    {
        switch (specification.Datatype)
        {
            case TensorDatatype.Bool: WriteEach<bool>(writer, value, static (writer, element) => writer.WriteBooleanValue(element)); break;
            case TensorDatatype.Int8: WriteEach<sbyte>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.Int16: WriteEach<short>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.Int32: WriteEach<int>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.Int64: WriteEach<long>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.UInt8: WriteEach<byte>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.UInt16: WriteEach<ushort>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.UInt32: WriteEach<uint>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.UInt64: WriteEach<ulong>(writer, value, static (writer, element) => writer.WriteNumberValue(element)); break;
            case TensorDatatype.Fp32: WriteFp32(writer, specification.Name, value.GetTensorDataAsSpan<float>()); break;
            case TensorDatatype.Fp64: WriteFp64(writer, specification.Name, value.GetTensorDataAsSpan<double>()); break;
            case TensorDatatype.Bytes: WriteText(writer, specification.Name, value); break;
            default: throw new InvalidOperationException($"The datatype {specification.Datatype} of output '{specification.Name}' has no JSON form.");
        }
    }

    private static void WriteEach<T>(Utf8JsonWriter writer, OrtValue value, Action<Utf8JsonWriter, T> write)
        where T : unmanaged
    {
        foreach (var element in value.GetTensorDataAsSpan<T>())
        {
            write(writer, element);
        }
    }

    private static void WriteFp32(Utf8JsonWriter writer, string name, ReadOnlySpan<float> elements)
    {
        for (var index = 0; index < elements.Length; index++)
        {
            writer.WriteNumberValue(float.IsFinite(elements[index]) ? elements[index] : throw OutputFault.NotFinite(name, index, elements[index]));
        }
    }

    private static void WriteFp64(Utf8JsonWriter writer, string name, ReadOnlySpan<double> elements)
    {
        for (var index = 0; index < elements.Length; index++)
        {
            writer.WriteNumberValue(double.IsFinite(elements[index]) ? elements[index] : throw OutputFault.NotFinite(name, index, elements[index]));
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, OrtValue value)
    {
        var count = value.GetTensorTypeAndShape().ElementCount;
        for (var index = 0; index < count; index++)
        {
            var text = value.GetStringElementAsSpan(index);
            writer.WriteStringValue(Utf8.IsValid(text) ? text : throw OutputFault.NotText(name, index));
        }
    }
}
