using System.Buffers;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>A buffer for text that is needed for a moment only: each child of a deployment is written and hashed at each reconciliation.</summary>
internal sealed class RentedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestSize = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SmallestSize);
    private int _length;

    /// <summary>What has been written; valid until more is, and until the end.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, _length) = ([], 0);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = checked(_length + Math.Max(1, sizeHint));
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
