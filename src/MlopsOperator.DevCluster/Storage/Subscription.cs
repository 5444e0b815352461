using System.Threading.Channels;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>The queue between the store and one watcher. A watcher that falls too far behind is cut off, as real servers do.</summary>
internal sealed class Subscription
{
    /// <summary>Events that may wait for one watcher.</summary>
    public const int MaximumQueue = 10_000;

    private readonly Channel<StoreEvent?> queue = Channel.CreateBounded<StoreEvent?>(new BoundedChannelOptions(MaximumQueue) { SingleReader = true });
    private int undelivered;

    /// <summary>Events that the watcher has not finished with: it has when it asks for the next one.</summary>
    public int Undelivered => Volatile.Read(ref undelivered);

    public ChannelReader<StoreEvent?> Reader => queue.Reader;

    /// <summary>Queues an event; null only wakes the reader. False if the watcher is gone or too slow.</summary>
    public bool Offer(StoreEvent? change)
    {
        Interlocked.Increment(ref undelivered);
        if (queue.Writer.TryWrite(change))
        {
            return true;
        }

        Interlocked.Decrement(ref undelivered);
        queue.Writer.TryComplete();
        return false;
    }

    public void Delivered() => Interlocked.Decrement(ref undelivered);

    public void Complete() => queue.Writer.TryComplete();
}
