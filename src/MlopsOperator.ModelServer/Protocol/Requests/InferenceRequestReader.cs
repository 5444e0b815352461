using System.Text.Json;
using System.Text.Unicode;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>
/// Reads an inference request of the Open Inference Protocol v2 and checks it against the model, so that what fails later is the model's fault.
/// Fields and parameters that it does not know are ignored, as the protocol asks.
/// </summary>
/// <param name="model">What requests must fit.</param>
internal sealed class InferenceRequestReader(ModelDescription model)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepth, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false };

    /// <summary>Reads a request.</summary>
    /// <param name="body">The whole body.</param>
    /// <returns>The request, complete and checked.</returns>
    /// <exception cref="InvalidRequestException">It is not JSON, not the protocol, or does not fit the model.</exception>
    public InferenceRequest Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            throw new InvalidRequestException("the body is not valid UTF-8");
        }

        try
        {
            return ReadRequest(body);
        }
        catch (JsonException exception)
        {
            throw new InvalidRequestException($"the body is not valid JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped half of a surrogate pair.
            throw new InvalidRequestException("the body is not valid JSON: a string holds half a surrogate pair");
        }
    }

    private InferenceRequest ReadRequest(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Options);
        var fields = new JsonFields("request");
        string? id = null;
        InputTensor?[]? inputs = null;
        int[]? outputs = null;
        reader.Read();
        fields.Expect(ref reader, "the body", JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("inputs"u8))
            {
                fields.Once(1, "inputs");
                reader.Read();
                inputs = ReadInputs(ref reader, fields, body.Length);
            }
            else if (reader.ValueTextEquals("outputs"u8))
            {
                fields.Once(2, "outputs");
                reader.Read();
                outputs = ReadOutputs(ref reader, fields);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                fields.Once(4, "id");
                reader.Read();
                id = fields.Text(ref reader, "id", Limits.IdBytes);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // What follows the object makes the reader throw.
        reader.Read();
        return new InferenceRequest(id, Complete(inputs), outputs ?? All(model.Outputs.Length));
    }

    private InputTensor?[] ReadInputs(ref Utf8JsonReader reader, JsonFields fields, int bodyBytes)
    {
        fields.Expect(ref reader, "inputs", JsonTokenType.StartArray);
        var inputs = new InputTensor?[model.Inputs.Length];
        var position = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var input = new InputReader(model, position++, bodyBytes).Read(ref reader);
            var index = Array.IndexOf(model.Inputs, input.Specification);
            inputs[index] = inputs[index] is null ? input : throw new InvalidRequestException($"input '{input.Specification.Name}' is there twice");
        }

        return inputs;
    }

    private InputTensor[] Complete(InputTensor?[]? inputs)
    {
        if (inputs is null)
        {
            throw new InvalidRequestException($"request: the field 'inputs' is missing; expected {ModelDescription.NamesOf(model.Inputs)}");
        }

        var missing = model.Inputs.Where((_, index) => inputs[index] is null).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidRequestException($"request: {(missing.Count == 1 ? "input" : "inputs")} {ModelDescription.NamesOf(missing)} missing");
        }

        var complete = Array.ConvertAll(inputs, input => input!);
        TensorShape.CheckAgreement(complete);
        return complete;
    }

    private int[] ReadOutputs(ref Utf8JsonReader reader, JsonFields fields)
    {
        fields.Expect(ref reader, "outputs", JsonTokenType.StartArray);
        var wanted = new List<int>(model.Outputs.Length);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var name = ReadOutputName(ref reader, fields);
            var index = ModelDescription.IndexOf(model.Outputs, name);
            if (index < 0)
            {
                throw new InvalidRequestException($"output '{Quote.Text(name)}' is not known; expected {ModelDescription.NamesOf(model.Outputs)}");
            }

            if (wanted.Contains(index))
            {
                throw new InvalidRequestException($"output '{name}' is there twice");
            }

            wanted.Add(index);
        }

        return wanted.Count == 0 ? All(model.Outputs.Length) : [.. wanted];
    }

    private static string ReadOutputName(ref Utf8JsonReader reader, JsonFields fields)
    {
        fields.Expect(ref reader, "outputs", JsonTokenType.StartObject);
        string? name = null;
        var output = new JsonFields("outputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName)
            {
                output.Once(1, "name");
                name = output.Text(ref reader, "name", Limits.NameBytes);
            }
            else
            {
                reader.Skip();
            }
        }

        return name ?? throw new InvalidRequestException("outputs: the field 'name' is missing");
    }

    private static int[] All(int count) => [.. Enumerable.Range(0, count)];
}
