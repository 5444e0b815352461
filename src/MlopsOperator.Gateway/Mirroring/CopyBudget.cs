namespace MlopsOperator.Gateway.Mirroring;

/// <summary>How many copies there may be, and how many bytes they may hold; part of a larger budget, if there is one. Takes no lock and allocates nothing.</summary>
internal sealed class CopyBudget(int mostCopies, long mostBytes, CopyBudget? whole = null)
{
    private int copies;
    private long bytes;

    /// <summary>Copies that are being taken, wait or are under way.</summary>
    public int Copies => Volatile.Read(ref copies);

    /// <summary>Bytes that they hold.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Takes a place for a copy, if there is one.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref copies) <= mostCopies && whole?.TryEnter() != false)
        {
            return true;
        }

        Interlocked.Decrement(ref copies);
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref copies);
        whole?.Leave();
    }

    /// <summary>Takes bytes, if there are so many.</summary>
    public bool TryReserve(long count)
    {
        if (Interlocked.Add(ref bytes, count) <= mostBytes && whole?.TryReserve(count) != false)
        {
            return true;
        }

        Interlocked.Add(ref bytes, -count);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long count)
    {
        Interlocked.Add(ref bytes, -count);
        whole?.Release(count);
    }
}
