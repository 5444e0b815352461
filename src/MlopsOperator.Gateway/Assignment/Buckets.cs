using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Gateway.Assignment;

/// <summary>
/// Which of the 10,000 buckets a unit is in. The hash is HMAC-SHA-256 with the salt's UTF-8 bytes as key and the unit's UTF-8 bytes as message,
/// so that no salt and unit can run into each other; its first eight bytes, read as a big-endian number x, give floor(x · 10,000 / 2^64).
/// A candidate owns the buckets below its weight: raising a weight only adds units. The same on every replica and after every restart.
/// </summary>
internal static class Buckets
{
    private const int StackBytes = 512;
    private const string MirrorMark = "mirror\0";

    /// <summary>The bucket of a unit.</summary>
    /// <param name="salt">Salt in UTF-8.</param>
    /// <param name="unit">The unit, as the sticky header has it.</param>
    public static int Of(ReadOnlySpan<byte> salt, ReadOnlySpan<char> unit)
    {
        var most = Encoding.UTF8.GetMaxByteCount(unit.Length);
        var rented = most <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(most);
        var bytes = rented is null ? stackalloc byte[StackBytes] : rented;
        var length = Encoding.UTF8.GetBytes(unit, bytes);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(salt, bytes[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return Of(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>The bucket by which a unit's requests are mirrored: a draw of its own from the same salt, as no header that carries a unit can hold a null character.</summary>
    public static int OfMirror(ReadOnlySpan<byte> salt, ReadOnlySpan<char> unit)
    {
        Span<char> marked = stackalloc char[MirrorMark.Length + Limits.UnitLength];
        MirrorMark.CopyTo(marked);
        unit.CopyTo(marked[MirrorMark.Length..]);
        return Of(salt, marked[..(MirrorMark.Length + unit.Length)]);
    }

    /// <summary>The bucket of a request without a unit: any.</summary>
    public static int Random() => System.Random.Shared.Next(Weights.Total);

    private static int Of(ulong number) => (int)(((UInt128)number * Weights.Total) >> 64);
}
