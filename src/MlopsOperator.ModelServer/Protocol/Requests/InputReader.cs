using System.Globalization;
using System.Text.Json;
using MlopsOperator.ModelServer.Protocol.Tensors;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Reads one object of <c>inputs</c>. Its fields may come in any order.</summary>
/// <param name="model">What the input must fit.</param>
/// <param name="position">Its place in <c>inputs</c>, for error messages.</param>
/// <param name="bodyBytes">Length of the whole request.</param>
internal sealed class InputReader(ModelDescription model, int position, int bodyBytes)
{
    private readonly JsonFields fields = new($"inputs[{position.ToString(CultureInfo.InvariantCulture)}]");
    private TensorSpecification? specification;
    private TensorDatatype? datatype;
    private long[]? shape;
    private long? binarySize;

    /// <summary>Reads the object that the reader stands on, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="binary">What is left of the request's binary part; the input's share is taken from its beginning.</param>
    /// <returns>The input, checked.</returns>
    /// <exception cref="InvalidRequestException">It does not fit the model.</exception>
    public InputTensor Read(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> binary)
    {
        fields.Expect(ref reader, "the input", JsonTokenType.StartObject);
        ITensorBuffer? data = null;
        Utf8JsonReader deferred = default;
        var isDeferred = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!reader.ValueTextEquals("data"u8))
            {
                ReadField(ref reader);
                continue;
            }

            fields.Once(8, "data");
            reader.Read();
            if (specification is not null && datatype is not null && shape is not null)
            {
                data = ReadData(ref reader);
            }
            else
            {
                // The type comes after the data: remember the place.
                deferred = reader;
                isDeferred = true;
                reader.Skip();
            }
        }

        RequireAll(data is not null || isDeferred);
        data ??= isDeferred ? ReadData(ref deferred) : TakeBinary(ref binary);
        return new InputTensor(specification!, shape!, data);
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            fields.Once(1, "name");
            reader.Read();
            var name = fields.Text(ref reader, "name", Limits.NameBytes);
            var index = ModelDescription.IndexOf(model.Inputs, name);
            specification = index >= 0
                ? model.Inputs[index]
                : throw new InvalidRequestException($"input '{Quote.Text(name)}' is not known; expected {ModelDescription.NamesOf(model.Inputs)}");
        }
        else if (reader.ValueTextEquals("datatype"u8))
        {
            fields.Once(2, "datatype");
            reader.Read();
            var name = fields.Text(ref reader, "datatype", Limits.NameBytes);
            datatype = Datatypes.Find(name)
                ?? throw new InvalidRequestException($"{Label()}: datatype: found \"{Quote.Text(name)}\"; expected one of {Datatypes.Known}");
        }
        else if (reader.ValueTextEquals("shape"u8))
        {
            fields.Once(4, "shape");
            reader.Read();
            shape = ReadShape(ref reader);
        }
        else if (reader.ValueTextEquals("parameters"u8))
        {
            fields.Once(16, "parameters");
            reader.Read();
            binarySize = fields.WholeNumber(ref reader, "parameters", "binary_data_size");
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private long[] ReadShape(ref Utf8JsonReader reader)
    {
        fields.Expect(ref reader, "shape", JsonTokenType.StartArray);
        var sizes = new List<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size))
            {
                throw new InvalidRequestException($"{Label()}: shape: found {Quote.Token(ref reader)}; expected whole numbers");
            }

            if (sizes.Count == Limits.TensorRank)
            {
                throw new InvalidRequestException($"{Label()}: shape: found more than {Limits.TensorRank} dimensions");
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }

    private ITensorBuffer ReadData(ref Utf8JsonReader reader)
    {
        CheckSignature();
        return new TensorDataReader(specification!, shape!).Read(ref reader, bodyBytes - reader.BytesConsumed);
    }

    private ITensorBuffer TakeBinary(ref ReadOnlySpan<byte> binary)
    {
        CheckSignature();
        if (binarySize > binary.Length)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{specification!.Name}': binary_data_size: found {binarySize}; {binary.Length} bytes of the binary part are left"));
        }

        var own = binary[..(int)binarySize!.Value];
        binary = binary[own.Length..];
        return BinaryTensor.Read(specification!, shape!, own);
    }

    private void CheckSignature()
    {
        if (datatype != specification!.Datatype)
        {
            throw new InvalidRequestException($"input '{specification.Name}': found datatype {Datatypes.NameOf(datatype!.Value)}; expected {Datatypes.NameOf(specification.Datatype)}");
        }

        TensorShape.Check(specification, shape!, model.MaxBatchSize);
    }

    private void RequireAll(bool hasData)
    {
        if (hasData && binarySize is not null)
        {
            throw new InvalidRequestException($"{Label()}: found 'data' and 'binary_data_size'; expected one of them");
        }

        var missing = specification is null ? "name" : datatype is null ? "datatype" : shape is null ? "shape" : hasData || binarySize is not null ? null : "data";
        if (missing is not null)
        {
            throw new InvalidRequestException($"{Label()}: the field '{missing}' is missing");
        }
    }

    private string Label() => specification is null ? $"inputs[{position.ToString(CultureInfo.InvariantCulture)}]" : $"input '{specification.Name}'";
}
