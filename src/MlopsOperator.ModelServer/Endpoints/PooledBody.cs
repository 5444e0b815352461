using System.Buffers;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>A request's body in a rented array.</summary>
/// <param name="array">The array; given back on disposal.</param>
/// <param name="length">Bytes of it that are the body.</param>
internal sealed class PooledBody(byte[] array, int length) : IDisposable
{
    private const int FirstBytes = 4096;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Bytes => array.AsSpan(0, length);

    /// <summary>Reads a body. Memory grows with what arrives, not with what was announced.</summary>
    /// <param name="source">The body.</param>
    /// <param name="limit">Its longest length.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body; null if it is longer.</returns>
    public static async Task<PooledBody?> ReadAsync(Stream source, int limit, CancellationToken cancellationToken)
    {
        var array = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBytes, limit + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == array.Length)
                {
                    array = Grow(array);
                }

                var read = await source.ReadAsync(array.AsMemory(length), cancellationToken);
                length += read;
                if (read == 0 || length > limit)
                {
                    break;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(array);
            throw;
        }

        if (length <= limit)
        {
            return new PooledBody(array, length);
        }

        ArrayPool<byte>.Shared.Return(array);
        return null;
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(array);

    private static byte[] Grow(byte[] array)
    {
        var larger = ArrayPool<byte>.Shared.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(array);
        return larger;
    }
}
