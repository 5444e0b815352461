using System.Text.Json;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>One page of a list, split into raw objects.</summary>
internal sealed class ListPage
{
    public List<RawObject> Items { get; } = [];

    public string ResourceVersion { get; private set; } = string.Empty;

    public string? Continue { get; private set; }

    public int Unreadable { get; private set; }

    /// <summary>Splits a body. Throws <see cref="JsonException"/> when it is no list.</summary>
    public static ListPage Parse(ReadOnlySpan<byte> body)
    {
        var page = new ListPage();
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("found no JSON object, expected a list");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            var isItems = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                page.ReadMetadata(ref reader);
            }
            else if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                page.ReadItems(ref reader, body);
            }
            else
            {
                reader.Skip();
            }
        }

        return page;
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion)
            {
                ResourceVersion = reader.GetString() ?? string.Empty;
            }
            else if (isContinue)
            {
                Continue = reader.GetString() is { Length: > 0 } token ? token : null;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            try
            {
                Items.Add(RawObject.Parse(body[start..(int)reader.BytesConsumed]));
            }
            catch (JsonException)
            {
                Unreadable++;
            }
        }
    }
}
