using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>Writes escaped surrogate pairs (an emoji as \uD83D\uDE00) as the UTF-8 they stand for.</summary>
internal static class SurrogateEscapes
{
    private const int EscapeLength = 6;

    public static byte[] ToUtf8(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\uD"u8) < 0 && json.AsSpan().IndexOf("\\ud"u8) < 0)
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length);
        ReadOnlySpan<byte> rest = json;
        while (rest.IndexOf((byte)'\\') is var at and >= 0)
        {
            output.Write(rest[..at]);
            rest = rest[at..];
            if (TryReadPair(rest, out var rune))
            {
                var length = rune.EncodeToUtf8(output.GetSpan(4));
                output.Advance(length);
                rest = rest[(2 * EscapeLength)..];
                continue;
            }

            // An escape of two bytes at least: a backslash that is itself escaped must not start another one.
            var escape = Math.Min(2, rest.Length);
            output.Write(rest[..escape]);
            rest = rest[escape..];
        }

        output.Write(rest);
        return output.WrittenSpan.ToArray();
    }

    private static bool TryReadPair(ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = default;
        return TryReadUnit(text, out var high)
            && TryReadUnit(text.Length < EscapeLength ? default : text[EscapeLength..], out var low)
            && Rune.TryCreate(high, low, out rune);
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u'
            || !ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
