using System.Buffers;
using System.Text.Json;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Health;

/// <summary>One row of zeros as a client would send it, so that a warm-up runs the code that requests will run.</summary>
internal static class ZeroRequest
{
    /// <summary>Writes the request.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its JSON, and the binary part that FP16 needs.</returns>
    public static (ReadOnlyMemory<byte> Json, byte[] Binary) Write(ModelDescription model)
    {
        var json = new ArrayBufferWriter<byte>(1024);
        var binary = 0;
#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
        using (var writer = new Utf8JsonWriter(json))
#pragma warning restore MA0045
        {
            writer.WriteStartObject();
            writer.WriteStartArray("inputs"u8);
            foreach (var input in model.Inputs)
            {
                binary += WriteInput(writer, input);
            }

            writer.WriteEndArray();
            if (Array.Exists(model.Outputs, output => output.Datatype == TensorDatatype.Fp16))
            {
                writer.WriteStartObject("parameters"u8);
                writer.WriteBoolean("binary_data_output"u8, true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return (json.WrittenMemory, new byte[binary]);
    }

    /// <summary>How many values the request has.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Their sum over all inputs.</returns>
    public static long Values(ModelDescription model) => model.Inputs.Sum(input => Math.Min(TensorShape.Elements(OneRow(input)), int.MaxValue));

    private static int WriteInput(Utf8JsonWriter writer, TensorSpecification input)
    {
        var shape = OneRow(input);
        var elements = (int)TensorShape.Elements(shape);
        var binary = input.Datatype == TensorDatatype.Fp16 ? elements * Datatypes.WidthOf(TensorDatatype.Fp16) : 0;
        writer.WriteStartObject();
        writer.WriteString("name"u8, input.Name);
        writer.WriteString("datatype"u8, Datatypes.NameOf(input.Datatype));
        writer.WriteStartArray("shape"u8);
        foreach (var size in shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        if (input.Datatype == TensorDatatype.Fp16)
        {
            writer.WriteStartObject("parameters"u8);
            writer.WriteNumber("binary_data_size"u8, binary);
            writer.WriteEndObject();
        }
        else
        {
            WriteZeros(writer, input.Datatype, elements);
        }

        writer.WriteEndObject();
        return binary;
    }

    private static void WriteZeros(Utf8JsonWriter writer, TensorDatatype datatype, int elements)
    {
        writer.WriteStartArray("data"u8);
        for (var index = 0; index < elements; index++)
        {
            switch (datatype)
            {
                case TensorDatatype.Bool: writer.WriteBooleanValue(false); break;
                case TensorDatatype.Bytes: writer.WriteStringValue(""u8); break;
                default: writer.WriteNumberValue(0); break;
            }
        }

        writer.WriteEndArray();
    }

    private static long[] OneRow(TensorSpecification input) => Array.ConvertAll(input.Shape, size => size < 0 ? 1 : size);
}
