using System.Buffers;
using System.Security.Cryptography;

namespace MlopsOperator.Fetcher.Verification;

/// <summary>Streams bytes through SHA-256.</summary>
internal static class HashingCopy
{
    /// <summary>Copies until the source ends or the limit is passed; memory stays at one buffer.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="destination">What is written; null: only hashed.</param>
    /// <param name="limit">Most bytes that are wanted; reading stops one byte later.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <returns>Bytes that were read, at most <paramref name="limit"/> + 1, and their digest.</returns>
    public static async Task<(long Bytes, Sha256Digest Digest)> RunAsync(Stream source, Stream? destination, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Limits.BufferBytes);
        try
        {
            long bytes = 0;
            while (bytes <= limit)
            {
                var wanted = (int)Math.Min(Limits.BufferBytes, limit + 1 - bytes);
                var read = await source.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                bytes += read;
                hash.AppendData(buffer.AsSpan(0, read));
                if (destination is not null)
                {
                    await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            return (bytes, Sha256Digest.FromHash(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
