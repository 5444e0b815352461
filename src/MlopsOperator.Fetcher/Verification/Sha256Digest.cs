using System.Security.Cryptography;

namespace MlopsOperator.Fetcher.Verification;

/// <summary>A SHA-256 digest in the form <c>sha256:</c> and 64 hexadecimal digits.</summary>
/// <param name="Hexadecimal">The 64 digits, in lower case.</param>
internal readonly record struct Sha256Digest(string Hexadecimal)
{
    private const string Prefix = "sha256:";

    /// <summary>Reads a digest.</summary>
    /// <param name="text">The text; digits may be in upper case.</param>
    /// <param name="digest">The digest.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out Sha256Digest digest)
    {
        digest = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + (SHA256.HashSizeInBytes * 2) || !text.Skip(Prefix.Length).All(char.IsAsciiHexDigit))
        {
            return false;
        }

        digest = new Sha256Digest(text[Prefix.Length..].ToLowerInvariant());
        return true;
    }

    /// <summary>The digest of a finished hash.</summary>
    /// <param name="hash">32 bytes.</param>
    /// <returns>The digest.</returns>
    public static Sha256Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    /// <inheritdoc />
    public override string ToString() => Prefix + Hexadecimal;
}
