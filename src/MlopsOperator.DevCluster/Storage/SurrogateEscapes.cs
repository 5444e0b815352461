using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>Characters beyond the basic plane as JSON may escape them: an emoji as \uD83D\uDE00, two escapes of half a character each.</summary>
internal static class SurrogateEscapes
{
    private const int Length = 6;

    /// <summary>Whether a JSON text has one.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json)
    {
        while (Next(ref json, default))
        {
            if (Unit(json) is { } unit && char.IsSurrogate(unit))
            {
                return true;
            }

            json = json[Math.Min(2, json.Length)..];
        }

        return false;
    }

    /// <summary>The same JSON with the characters themselves.</summary>
    public static byte[] ToUtf8(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length);
        ReadOnlySpan<byte> rest = json;
        while (Next(ref rest, output))
        {
            if (Unit(rest) is { } high && rest.Length >= 2 * Length && Unit(rest[Length..]) is { } low && Rune.TryCreate(high, low, out var rune))
            {
                output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
                rest = rest[(2 * Length)..];
                continue;
            }

            // Two bytes at least: a backslash that is itself escaped must not begin another escape.
            var escape = Math.Min(2, rest.Length);
            output.Write(rest[..escape]);
            rest = rest[escape..];
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Moves to the next backslash, over to <paramref name="output"/> what is before it; at the end of the text there is none.</summary>
    private static bool Next(ref ReadOnlySpan<byte> rest, ArrayBufferWriter<byte>? output)
    {
        var at = rest.IndexOf((byte)'\\');
        var before = at < 0 ? rest : rest[..at];
        output?.Write(before);
        rest = rest[before.Length..];
        return at >= 0;
    }

    private static char? Unit(ReadOnlySpan<byte> text) =>
        text.Length >= Length && text[0] == '\\' && text[1] == 'u' && ushort.TryParse(text[2..Length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit : null;
}
