using System.Text.Json;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Reads the outputs of an Open Inference Protocol v2 answer, in JSON or with raw tensors behind it. Values are left where they are.</summary>
internal static class InferenceAnswer
{
    private const int MostDimensions = 16;

    /// <summary>The outputs; null where the body is no such answer.</summary>
    public static IReadOnlyList<OutputTensor>? TryRead(AnswerBody body)
    {
        var json = body.JsonLength is { } length ? body.Bytes[..length] : body.Bytes;
        try
        {
            return Read(json, body.Bytes[json.Length..]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The reader throws the second for a token of another kind and the third for a number of another kind.
            return null;
        }
    }

    private static List<OutputTensor>? Read(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> raw)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        List<OutputTensor>? outputs = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOutputs = reader.ValueTextEquals("outputs"u8);
            reader.Read();
            if (!isOutputs)
            {
                reader.Skip();
            }
            else if (outputs is not null || (outputs = ReadOutputs(ref reader, json, ref raw)) is null)
            {
                return null;
            }
        }

        // One more, so that anything behind the object is an error.
        return reader.Read() ? null : outputs;
    }

    private static List<OutputTensor>? ReadOutputs(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref ReadOnlyMemory<byte> raw)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var outputs = new List<OutputTensor>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || outputs.Count == Limits.OutputsPerAnswer || ReadOutput(ref reader, json, ref raw) is not { } output)
            {
                return null;
            }

            outputs.Add(output);
        }

        return outputs;
    }

    private static OutputTensor? ReadOutput(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref ReadOnlyMemory<byte> raw)
    {
        string? name = null, datatype = null;
        List<long>? shape = null;
        ReadOnlyMemory<byte>? data = null;
        int? binary = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "name":
                    name = reader.GetString();
                    break;
                case "datatype":
                    datatype = reader.GetString();
                    break;
                case "shape":
                    shape = ReadShape(ref reader);
                    break;
                case "parameters":
                    binary = ReadBinarySize(ref reader);
                    break;
                case "data":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = json[start..(int)reader.BytesConsumed];
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (data is null && binary is { } size && size >= 0 && size <= raw.Length)
        {
            data = raw[..size];
            raw = raw[size..];
        }
        else
        {
            binary = null;
        }

        return name is null || datatype is null || shape is null || data is null ? null : new OutputTensor(name, datatype, shape, data.Value, binary is not null);
    }

    private static List<long>? ReadShape(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var shape = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            shape.Add(reader.GetInt64());
            if (shape.Count > MostDimensions)
            {
                return null;
            }
        }

        return shape;
    }

    private static int? ReadBinarySize(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        int? size = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSize = reader.ValueTextEquals("binary_data_size"u8);
            reader.Read();
            if (isSize)
            {
                size = reader.GetInt32();
            }
            else
            {
                reader.Skip();
            }
        }

        return size;
    }
}
