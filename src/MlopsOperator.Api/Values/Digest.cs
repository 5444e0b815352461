using System.Diagnostics.CodeAnalysis;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Values;

/// <summary>A SHA-256 digest as registries write it: <c>sha256:</c> and 64 hexadecimal digits in lower case.</summary>
/// <param name="Hex">The 64 hexadecimal digits.</param>
public readonly record struct Digest(string Hex)
{
    /// <summary>Length of the text in characters.</summary>
    public const int Length = 71;

    /// <summary>Regular expression of the text, for schemas.</summary>
    public const string Pattern = "^sha256:[0-9a-f]{64}$";

    /// <summary>What a parser expects, as the rest of a sentence.</summary>
    public const string Expected = "sha256: and 64 hexadecimal digits in lower case, as sha256sum prints them";

    private const string Prefix = "sha256:";

    /// <summary>Reads a digest.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The digest; empty when the text is none.</param>
    /// <returns>False for anything but <c>sha256:</c> and 64 hexadecimal digits in lower case.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest value)
    {
        value = default;
        if (text is not { Length: Length } || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var hex = text[Prefix.Length..];
        if (!hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        value = new Digest(hex);
        return true;
    }

    /// <summary>Reads a digest of a field.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Path of the field, for the error.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text is no digest; the message is the text of a <see cref="Problem"/>.</exception>
    public static Digest Parse(string? text, string field) =>
        TryParse(text, out var value) ? value : throw new FormatException(new Problem(field, text, Expected).ToString());

    /// <summary>The digest with its prefix.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads back to the same value.</returns>
    public override string ToString() => Prefix + Hex;
}
