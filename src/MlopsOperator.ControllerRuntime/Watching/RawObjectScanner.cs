using System.Text.Json;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Finds metadata in the bytes of an object without building a tree.</summary>
internal static class RawObjectScanner
{
    public static RawObjectScan Scan(ReadOnlySpan<byte> json)
    {
        var found = new RawObjectScan();
        var reader = new Utf8JsonReader(json);
        ReadStart(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                ScanMetadata(ref reader, json, found);
                continue;
            }

            var isStatus = reader.ValueTextEquals("status"u8);
            SkipValue(ref reader);
            if (isStatus)
            {
                found.StatusAt = WithComma(json, start, (int)reader.BytesConsumed);
            }
        }

        return found;
    }

    private static void ScanMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RawObjectScan found)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("metadata is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isManagedFields = reader.ValueTextEquals("managedFields"u8);
            if (isVersion)
            {
                found.ResourceVersion = ReadText(ref reader);
                found.ResourceVersionAt = WithComma(json, start, (int)reader.BytesConsumed);
            }
            else if (isManagedFields)
            {
                SkipValue(ref reader);
                found.ManagedFields = WithComma(json, start, (int)reader.BytesConsumed);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                found.Name = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                found.Namespace = ReadText(ref reader) is { Length: > 0 } text ? text : null;
            }
            else if (reader.ValueTextEquals("uid"u8))
            {
                found.Uid = ReadText(ref reader);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private static void ReadStart(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("found no JSON object");
        }
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static Range WithComma(ReadOnlySpan<byte> json, int start, int end)
    {
        var after = end;
        while (after < json.Length && IsSpace(json[after]))
        {
            after++;
        }

        if (after < json.Length && json[after] == ',')
        {
            return start..(after + 1);
        }

        var before = start;
        while (before > 0 && IsSpace(json[before - 1]))
        {
            before--;
        }

        return before > 0 && json[before - 1] == ',' ? (before - 1)..end : start..end;
    }

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
