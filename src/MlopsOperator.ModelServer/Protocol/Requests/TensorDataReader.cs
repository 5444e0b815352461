using System.Globalization;
using System.Text.Json;
using MlopsOperator.ModelServer.Protocol.Tensors;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Reads the <c>data</c> of one input, flat or nested, in row-major order.</summary>
/// <param name="specification">The input.</param>
/// <param name="shape">Its shape in the request.</param>
internal sealed class TensorDataReader(TensorSpecification specification, long[] shape)
{
    private readonly long expected = TensorShape.Elements(shape);
    private ITensorBuffer? buffer;
    private long count;

    /// <summary>Reads the value that the reader stands on, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="availableBytes">Bytes of the request from here on: memory is taken by what was received, never by the shape alone.</param>
    /// <returns>The elements.</returns>
    /// <exception cref="InvalidRequestException">Too many, too few, unevenly nested, or not of the datatype.</exception>
    public ITensorBuffer Read(ref Utf8JsonReader reader, long availableBytes)
    {
        if (specification.Datatype == TensorDatatype.Fp16)
        {
            throw new InvalidRequestException($"input '{specification.Name}': FP16 has no JSON form; send it in the binary form, with the parameter binary_data_size and the header Inference-Header-Content-Length");
        }

        // An element takes two bytes at least: itself and its separator.
        buffer = expected <= (availableBytes / 2) + 1 ? TensorBuffers.Create(specification.Datatype, (int)expected) : null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadArray(ref reader);
        }
        else if (shape.Length == 0)
        {
            Append(ref reader);
        }
        else
        {
            throw new InvalidRequestException($"input '{specification.Name}': data: found {Quote.Token(ref reader)}; expected an array");
        }

        return count == expected && buffer is not null
            ? buffer
            : throw new InvalidRequestException($"input '{specification.Name}': found {Count(count)} in data; expected {(expected == long.MaxValue ? "more than can be counted" : Count(expected))} for the shape {TensorShape.Text(shape)}");
    }

    private void ReadArray(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadNested(ref reader, 0);
            return;
        }

        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read())
        {
            Append(ref reader);
        }
    }

    /// <summary>Reads one level; the reader stands on its first element, and then on its end.</summary>
    private void ReadNested(ref Utf8JsonReader reader, int level)
    {
        long size = 0;
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read(), size++)
        {
            if (level >= shape.Length - 1)
            {
                Append(ref reader);
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{specification.Name}': data: found {Quote.Token(ref reader)} at nesting level {level + 1}; expected an array, as the shape {TensorShape.Text(shape)} has {shape.Length} levels"));
            }

            reader.Read();
            ReadNested(ref reader, level + 1);
        }

        if (level >= shape.Length || size != shape[level])
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{specification.Name}': data: found {size} elements at nesting level {level + 1}; expected {TensorShape.Text(shape)}"));
        }
    }

    private void Append(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw new InvalidRequestException($"input '{specification.Name}': data[{count.ToString(CultureInfo.InvariantCulture)}]: found {Quote.Token(ref reader)}; expected a value, flat or nested as deep as the shape {TensorShape.Text(shape)}");
        }

        if (count < expected && buffer is not null && !buffer.TryAppend(ref reader))
        {
            throw new InvalidRequestException($"input '{specification.Name}': data[{count.ToString(CultureInfo.InvariantCulture)}]: found {Quote.Token(ref reader)}; expected {Wanted()}");
        }

        count++;
    }

    private string Wanted() => specification.Datatype switch
    {
        TensorDatatype.Bool => "true or false, for BOOL",
        TensorDatatype.Bytes => "a string, for BYTES",
        TensorDatatype.Fp32 or TensorDatatype.Fp64 => $"a finite number, or null for a missing value, for {Datatypes.NameOf(specification.Datatype)}",
        _ => $"a whole number in the range of {Datatypes.NameOf(specification.Datatype)}",
    };

    private static string Count(long number) => number == 1 ? "1 value" : number.ToString(CultureInfo.InvariantCulture) + " values";
}
