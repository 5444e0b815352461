using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Reads which outputs a client wants, and in which form.</summary>
/// <param name="outputs">The model's outputs.</param>
internal sealed class OutputsReader(TensorSpecification[] outputs)
{
    private readonly List<(int Index, bool? IsBinary)> wanted = [];

    /// <summary>Whether outputs come in the binary form where they do not say themselves.</summary>
    public bool AreBinary { get; set; }

    /// <summary>Reads the array that the reader stands on, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="fields">The request.</param>
    /// <exception cref="InvalidRequestException">An output is unknown, or there twice.</exception>
    public void Read(ref Utf8JsonReader reader, JsonFields fields)
    {
        fields.Expect(ref reader, "outputs", JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            fields.Expect(ref reader, "outputs", JsonTokenType.StartObject);
            var (name, isBinary) = ReadOutput(ref reader);
            var index = ModelDescription.IndexOf(outputs, name);
            if (index < 0)
            {
                throw new InvalidRequestException($"output '{Quote.Text(name)}' is not known; expected {ModelDescription.NamesOf(outputs)}");
            }

            if (wanted.Exists(output => output.Index == index))
            {
                throw new InvalidRequestException($"output '{name}' is there twice");
            }

            wanted.Add((index, isBinary));
        }
    }

    /// <summary>The wanted outputs; all, where none was named.</summary>
    /// <returns>The outputs, in the order of the answer.</returns>
    /// <exception cref="InvalidRequestException">One has no JSON form, and was not asked for in the binary form.</exception>
    public RequestedOutput[] Wanted()
    {
        var named = wanted.Count > 0 ? wanted : [.. outputs.Select((_, index) => (index, (bool?)null))];
        return [.. named.Select(output => Choose(output.Index, output.IsBinary ?? AreBinary))];
    }

    private RequestedOutput Choose(int index, bool isBinary) => isBinary || outputs[index].Datatype != TensorDatatype.Fp16
        ? new RequestedOutput(index, isBinary)
        : throw new InvalidRequestException($"output '{outputs[index].Name}': FP16 has no JSON form; ask for it in the binary form, with the parameter binary_data");

    private static (string Name, bool? IsBinary) ReadOutput(ref Utf8JsonReader reader)
    {
        var fields = new JsonFields("outputs");
        string? name = null;
        bool? isBinary = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                fields.Once(1, "name");
                reader.Read();
                name = fields.Text(ref reader, "name", Limits.NameBytes);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                fields.Once(2, "parameters");
                reader.Read();
                isBinary = fields.Truth(ref reader, "parameters", "binary_data");
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (name ?? throw new InvalidRequestException("outputs: the field 'name' is missing"), isBinary);
    }
}
