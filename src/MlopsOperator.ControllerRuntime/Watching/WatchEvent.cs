using System.Text.Json;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>One line of a watch: its type and where in the line its object is.</summary>
internal readonly record struct WatchEvent(string Type, Range Object)
{
    /// <summary>Splits a line. Throws <see cref="JsonException"/> when it is no watch event.</summary>
    public static WatchEvent Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        string? type = null;
        Range? found = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("found no JSON object, expected a watch event");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                type = reader.GetString();
                continue;
            }

            reader.Skip();
            if (isObject)
            {
                found = start..(int)reader.BytesConsumed;
            }
        }

        return type is not null && found is { } range ? new WatchEvent(type, range) : throw new JsonException("found a watch event without type or object");
    }
}
