using System.Globalization;
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
    /// <param name="json">The body, or its beginning where a binary part follows.</param>
    /// <param name="binary">The binary part.</param>
    /// <returns>The request, complete and checked.</returns>
    /// <exception cref="InvalidRequestException">It is not JSON, not the protocol, or does not fit the model.</exception>
    public InferenceRequest Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary = default)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InvalidRequestException("the body is not valid UTF-8");
        }

        try
        {
            return ReadRequest(json, binary);
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

    private InferenceRequest ReadRequest(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary)
    {
        var reader = new Utf8JsonReader(json, Options);
        var fields = new JsonFields("request");
        string? id = null;
        InputTensor?[]? inputs = null;
        var outputs = new OutputsReader(model.Outputs);
        reader.Read();
        fields.Expect(ref reader, "the body", JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("inputs"u8))
            {
                fields.Once(1, "inputs");
                reader.Read();
                inputs = ReadInputs(ref reader, fields, json.Length, ref binary);
            }
            else if (reader.ValueTextEquals("outputs"u8))
            {
                fields.Once(2, "outputs");
                reader.Read();
                outputs.Read(ref reader, fields);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                fields.Once(4, "id");
                reader.Read();
                id = fields.Text(ref reader, "id", Limits.IdBytes);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                fields.Once(8, "parameters");
                reader.Read();
                outputs.AreBinary = fields.Truth(ref reader, "parameters", "binary_data_output") ?? false;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // What follows the object makes the reader throw.
        reader.Read();
        if (!binary.IsEmpty)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"{binary.Length} bytes of the binary part belong to no input; expected the sum of all binary_data_size"));
        }

        return new InferenceRequest(id, Complete(inputs), outputs.Wanted());
    }

    private InputTensor?[] ReadInputs(ref Utf8JsonReader reader, JsonFields fields, int bodyBytes, ref ReadOnlySpan<byte> binary)
    {
        fields.Expect(ref reader, "inputs", JsonTokenType.StartArray);
        var inputs = new InputTensor?[model.Inputs.Length];
        var position = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var input = new InputReader(model, position++, bodyBytes).Read(ref reader, ref binary);
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
}
