using System.Buffers;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>
/// A copy of a body as it goes by, within a limit and a budget. One writes at a time; it may be freed while a write that nobody waits for any more is still
/// under way, which then frees it.
/// </summary>
internal sealed class CopyBuffer(CopyBudget budget, int limit)
{
    private const int FirstBytes = 1_024;

    private const int Open = 0;
    private const int Writing = 1;
    private const int Closed = 2;

    private int state = Open;
    private byte[] buffer = [];
    private int length;

    /// <summary>What has been copied.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Whether the body is larger than the limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Whether the budget did not suffice.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <summary>Whether all that went by is here.</summary>
    public bool IsWhole => !IsTooLarge && !IsOutOfMemory;

    /// <summary>Copies a piece. What does not fit ends the copy, not the body.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (Interlocked.CompareExchange(ref state, Writing, Open) != Open)
        {
            return;
        }

        if (IsWhole && !TryCopy(piece))
        {
            Clear(isShared: false);
        }

        if (Interlocked.CompareExchange(ref state, Open, Writing) != Writing)
        {
            Clear(isShared: false);
        }
    }

    /// <summary>Gives everything back.</summary>
    /// <param name="isShared">Whether somebody may still read it, so that its bytes must not become another's.</param>
    public void Free(bool isShared)
    {
        if (Interlocked.Exchange(ref state, Closed) == Open)
        {
            Clear(isShared);
        }
    }

    private bool TryCopy(ReadOnlySpan<byte> piece)
    {
        IsTooLarge = piece.Length > limit - length;
        IsOutOfMemory = !IsTooLarge && length + piece.Length > buffer.Length && !Grow(length + piece.Length);
        if (!IsWhole)
        {
            return false;
        }

        piece.CopyTo(buffer.AsSpan(length));
        length += piece.Length;
        return true;
    }

    private void Clear(bool isShared)
    {
        if (buffer.Length > 0)
        {
            budget.Release(buffer.Length);
            if (!isShared)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        (buffer, length) = ([], 0);
    }

    private bool Grow(int needed)
    {
        // The pool gives powers of two; asking for one, the budget knows what it gives.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, FirstBytes));
        if (!budget.TryReserve(size))
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        var before = buffer;
        before.AsSpan(0, length).CopyTo(larger);
        buffer = larger;
        if (larger.Length != size)
        {
            budget.Release(size - larger.Length);
        }

        if (before.Length > 0)
        {
            budget.Release(before.Length);
            ArrayPool<byte>.Shared.Return(before);
        }

        return true;
    }
}
