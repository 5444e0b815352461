using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Reads the few kinds of fields that a request has, and refuses a field that is there twice: another reader might take the other one.</summary>
/// <param name="where">The object, for error messages, such as "request".</param>
internal sealed class JsonFields(string where)
{
    private int seen;

    /// <summary>Notes that a field was found.</summary>
    /// <param name="field">Its bit.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidRequestException">It was found before.</exception>
    public void Once(int field, string name)
    {
        if ((seen & field) != 0)
        {
            throw new InvalidRequestException($"{where}: the field '{name}' is there twice");
        }

        seen |= field;
    }

    /// <summary>Reads the string that the reader stands on.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The field.</param>
    /// <param name="bytes">Its longest length.</param>
    /// <returns>The string.</returns>
    /// <exception cref="InvalidRequestException">It is none, or too long.</exception>
    public string Text(ref Utf8JsonReader reader, string name, int bytes)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new InvalidRequestException($"{where}: {name}: found {Quote.Token(ref reader)}; expected a string");
        }

        return reader.ValueSpan.Length <= bytes
            ? reader.GetString()!
            : throw new InvalidRequestException($"{where}: {name}: found {Quote.Token(ref reader)}; expected at most {bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)} bytes");
    }

    /// <summary>Reads one whole number out of the object that the reader stands on.</summary>
    /// <param name="reader">The reader; it ends on the end of the object.</param>
    /// <param name="name">The object's field.</param>
    /// <param name="wanted">The number's field in the object.</param>
    /// <returns>The number; null if it is not there.</returns>
    /// <exception cref="InvalidRequestException">It is no whole number, or below zero, or there twice.</exception>
    public long? WholeNumber(ref Utf8JsonReader reader, string name, string wanted)
    {
        long? number = null;
        Expect(ref reader, name, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isWanted = reader.ValueTextEquals(wanted);
            reader.Read();
            if (!isWanted)
            {
                reader.Skip();
            }
            else if (number is null && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var found) && found >= 0)
            {
                number = found;
            }
            else
            {
                throw new InvalidRequestException($"{where}: {name}: {wanted}: found {Quote.Token(ref reader)}; expected one whole number of at least 0");
            }
        }

        return number;
    }

    /// <summary>Reads one truth value out of the object that the reader stands on.</summary>
    /// <param name="reader">The reader; it ends on the end of the object.</param>
    /// <param name="name">The object's field.</param>
    /// <param name="wanted">The value's field in the object.</param>
    /// <returns>The value; null if it is not there.</returns>
    /// <exception cref="InvalidRequestException">It is no truth value, or there twice.</exception>
    public bool? Truth(ref Utf8JsonReader reader, string name, string wanted)
    {
        bool? truth = null;
        Expect(ref reader, name, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isWanted = reader.ValueTextEquals(wanted);
            reader.Read();
            if (!isWanted)
            {
                reader.Skip();
            }
            else if (truth is null && reader.TokenType is (JsonTokenType.True or JsonTokenType.False))
            {
                truth = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                throw new InvalidRequestException($"{where}: {name}: {wanted}: found {Quote.Token(ref reader)}; expected one of true and false");
            }
        }

        return truth;
    }

    /// <summary>Checks that the reader stands on a certain token.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The field.</param>
    /// <param name="token">The token.</param>
    /// <exception cref="InvalidRequestException">It stands on another.</exception>
    public void Expect(ref Utf8JsonReader reader, string name, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new InvalidRequestException($"{where}: {name}: found {Quote.Token(ref reader)}; expected {(token == JsonTokenType.StartArray ? "an array" : "an object")}");
        }
    }
}
