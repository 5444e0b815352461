using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>
/// What JSON values each datatype takes. Integers are read as integers, so that 64 bits survive; fractions and what is out of range are refused.
/// Floating-point tensors take <c>null</c> and <c>"NaN"</c> for a missing value, for JSON has no NaN; numbers that would become infinite are refused.
/// </summary>
internal static class JsonElements
{
    /// <summary>Reads true or false.</summary>
    public static bool TryReadBool(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return value || reader.TokenType == JsonTokenType.False;
    }

    /// <summary>Reads an INT8.</summary>
    public static bool TryReadInt8(ref Utf8JsonReader reader, out sbyte value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetSByte(out value);
    }

    /// <summary>Reads an INT16.</summary>
    public static bool TryReadInt16(ref Utf8JsonReader reader, out short value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out value);
    }

    /// <summary>Reads an INT32.</summary>
    public static bool TryReadInt32(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value);
    }

    /// <summary>Reads an INT64.</summary>
    public static bool TryReadInt64(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }

    /// <summary>Reads a UINT8.</summary>
    public static bool TryReadUInt8(ref Utf8JsonReader reader, out byte value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out value);
    }

    /// <summary>Reads a UINT16.</summary>
    public static bool TryReadUInt16(ref Utf8JsonReader reader, out ushort value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out value);
    }

    /// <summary>Reads a UINT32.</summary>
    public static bool TryReadUInt32(ref Utf8JsonReader reader, out uint value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out value);
    }

    /// <summary>Reads a UINT64.</summary>
    public static bool TryReadUInt64(ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out value);
    }

    /// <summary>Reads an FP32; a missing value is NaN.</summary>
    public static bool TryReadFp32(ref Utf8JsonReader reader, out float value)
    {
        value = float.NaN;
        return reader.TokenType == JsonTokenType.Number
            ? reader.TryGetSingle(out value) && float.IsFinite(value)
            : IsMissing(ref reader);
    }

    /// <summary>Reads an FP64; a missing value is NaN.</summary>
    public static bool TryReadFp64(ref Utf8JsonReader reader, out double value)
    {
        value = double.NaN;
        return reader.TokenType == JsonTokenType.Number
            ? reader.TryGetDouble(out value) && double.IsFinite(value)
            : IsMissing(ref reader);
    }

    private static bool IsMissing(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("NaN"u8));
}
