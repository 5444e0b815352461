using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Reads the values of an output one after another, from JSON, flat or nested, or from raw bytes.</summary>
internal ref struct ElementReader
{
    private const int LengthBytes = 4;

    private readonly TensorDatatype datatype;
    private readonly bool isBinary;
    private Utf8JsonReader json;
    private ReadOnlySpan<byte> rest;
    private ReadOnlySpan<byte> current;

    /// <summary>A reader before the first value.</summary>
    public ElementReader(OutputTensor tensor)
    {
        datatype = tensor.Datatype;
        isBinary = tensor.IsBinary;
        if (isBinary)
        {
            rest = tensor.Data.Span;
        }
        else
        {
            json = new Utf8JsonReader(tensor.Data.Span);
        }
    }

    /// <summary>Goes to the next value; false where there is none, or no whole one.</summary>
    public bool MoveNext() => isBinary ? MoveNextBinary() : MoveNextJson();

    /// <summary>The value as a number; NaN where it is none.</summary>
    public readonly double Number() => datatype.Family is DatatypeFamily.Float or DatatypeFamily.BrainFloat
        ? isBinary ? BinaryNumber() : JsonNumber()
        : Integer() is { } integer ? (double)integer : double.NaN;

    /// <summary>The value as a whole number; null where it is none.</summary>
    public readonly Int128? Integer() => isBinary
        ? BinaryInteger()
        : json.TokenType switch
        {
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.Number when json.TryGetInt64(out var signed) => signed,
            JsonTokenType.Number when json.TryGetUInt64(out var unsigned) => unsigned,
            _ => null,
        };

    /// <summary>The value as bytes of UTF-8, or as the bytes that it is.</summary>
    public readonly ReadOnlySpan<byte> Text() => isBinary
        ? current
        : json is { TokenType: JsonTokenType.String, ValueIsEscaped: true } ? Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan;

    /// <summary>The value for a reader, cut.</summary>
    public readonly string Display() => datatype.Family switch
    {
        DatatypeFamily.Text => SampleText.Of(Text()),
        DatatypeFamily.Float or DatatypeFamily.BrainFloat => SampleText.Of(Number().ToString("R", CultureInfo.InvariantCulture)),
        _ => Integer() is { } integer ? integer.ToString(CultureInfo.InvariantCulture) : SampleText.Of(Text()),
    };

    private bool MoveNextJson()
    {
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.EndArray:
                    continue;
                case JsonTokenType.StartObject:
                    // No value of a tensor: the count of values will not fit.
                    return false;
                default:
                    return true;
            }
        }

        return false;
    }

    private bool MoveNextBinary()
    {
        var (skip, length) = (0, datatype.Width);
        if (length == 0)
        {
            if (rest.Length < LengthBytes || BinaryPrimitives.ReadUInt32LittleEndian(rest) > (uint)(rest.Length - LengthBytes))
            {
                return false;
            }

            (skip, length) = (LengthBytes, (int)BinaryPrimitives.ReadUInt32LittleEndian(rest));
        }
        else if (rest.Length < length)
        {
            return false;
        }

        current = rest.Slice(skip, length);
        rest = rest[(skip + length)..];
        return true;
    }

    /// <summary>JSON has no word for what is no finite number: servers write null or a text.</summary>
    private readonly double JsonNumber()
    {
        var number = json.TokenType switch
        {
            JsonTokenType.Number when json.TryGetDouble(out var value) => value,
            JsonTokenType.String when json.ValueTextEquals("Infinity"u8) || json.ValueTextEquals("inf"u8) => double.PositiveInfinity,
            JsonTokenType.String when json.ValueTextEquals("-Infinity"u8) || json.ValueTextEquals("-inf"u8) => double.NegativeInfinity,
            _ => double.NaN,
        };

        // As the narrower number that it was: how many digits of it a server writes is its own business.
        return datatype switch
        {
            { Family: DatatypeFamily.BrainFloat } or { Width: 8 } => number,
            { Width: 2 } => (double)(Half)number,
            _ => (float)number,
        };
    }

    private readonly double BinaryNumber() => datatype switch
    {
        { Family: DatatypeFamily.BrainFloat } => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(current) << 16),
        { Width: 2 } => (double)BinaryPrimitives.ReadHalfLittleEndian(current),
        { Width: 4 } => BinaryPrimitives.ReadSingleLittleEndian(current),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(current),
    };

    private readonly Int128 BinaryInteger() => datatype switch
    {
        { Family: DatatypeFamily.Unsigned, Width: 1 } => current[0],
        { Family: DatatypeFamily.Unsigned, Width: 2 } => BinaryPrimitives.ReadUInt16LittleEndian(current),
        { Family: DatatypeFamily.Unsigned, Width: 4 } => BinaryPrimitives.ReadUInt32LittleEndian(current),
        { Family: DatatypeFamily.Unsigned } => BinaryPrimitives.ReadUInt64LittleEndian(current),
        { Width: 1 } => (sbyte)current[0],
        { Width: 2 } => BinaryPrimitives.ReadInt16LittleEndian(current),
        { Width: 4 } => BinaryPrimitives.ReadInt32LittleEndian(current),
        _ => BinaryPrimitives.ReadInt64LittleEndian(current),
    };
}
