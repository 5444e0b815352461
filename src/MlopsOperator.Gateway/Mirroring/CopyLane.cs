using System.Collections.Concurrent;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>
/// Copies for one candidate that wait; its budget bounds how many. Workers come when there is work, up to <see cref="Limits.CopiesAtWork"/>, and go when
/// there is none: a candidate that hangs holds up its own copies only.
/// </summary>
internal sealed class CopyLane
{
    private readonly ConcurrentQueue<MirrorCopy> waiting = new();
    private int workers;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>A copy waits.</summary>
    public void Add(MirrorCopy copy) => waiting.Enqueue(copy);

    /// <summary>The copy that has waited longest, if any.</summary>
    public MirrorCopy? TryTake() => waiting.TryDequeue(out var copy) ? copy : null;

    /// <summary>A worker begins, if there may be one more.</summary>
    public bool TryBegin()
    {
        // Not by counting up and back: a worker that ends meanwhile would see one too many, and nobody would take what waits.
        for (var now = Volatile.Read(ref workers); now < Limits.CopiesAtWork;)
        {
            var before = Interlocked.CompareExchange(ref workers, now + 1, now);
            if (before == now)
            {
                return true;
            }

            now = before;
        }

        return false;
    }

    /// <summary>A worker found nothing. It looks once more after this, as what came meanwhile found it still there.</summary>
    public void End() => Interlocked.Decrement(ref workers);
}
