using System.Threading.Channels;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>The queue between the store and one watcher. A watcher that falls too far behind is cut off, as real servers do.</summary>
/// <param name="lag">How much later than they are offered events come; zero: at once.</param>
/// <param name="time">Clock of the lag.</param>
internal sealed class Subscription(TimeSpan lag, TimeProvider time)
{
    /// <summary>Events that may wait for one watcher.</summary>
    public const int MaximumQueue = 10_000;

    private readonly Channel<StoreEvent?> queue = Channel.CreateBounded<StoreEvent?>(new BoundedChannelOptions(MaximumQueue) { SingleReader = true });
    private readonly Queue<(ITimer Due, StoreEvent? Change)> held = new();
    private int undelivered;

    /// <summary>Events that the watcher has not finished with: it has when it asks for the next one. Those that lag are not due yet.</summary>
    public int Undelivered => Volatile.Read(ref undelivered);

    public ChannelReader<StoreEvent?> Reader => queue.Reader;

    /// <summary>Whether nothing waits, neither to be read nor for its time.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (held)
            {
                return held.Count == 0 && queue.Reader.Count == 0;
            }
        }
    }

    /// <summary>Queues an event; null only wakes the reader. False if the watcher is gone or too slow.</summary>
    public bool Offer(StoreEvent? change)
    {
        if (lag <= TimeSpan.Zero)
        {
            return Write(change);
        }

        lock (held)
        {
            if (held.Count >= MaximumQueue)
            {
                queue.Writer.TryComplete();
                return false;
            }

            // All lag alike, so they come due in the order in which they were offered.
            held.Enqueue((time.CreateTimer(_ => Release(), null, lag, Timeout.InfiniteTimeSpan), change));
            return true;
        }
    }

    public void Delivered() => Interlocked.Decrement(ref undelivered);

    public void Complete()
    {
        lock (held)
        {
            while (held.TryDequeue(out var waiting))
            {
                waiting.Due.Dispose();
            }
        }

        queue.Writer.TryComplete();
    }

    private void Release()
    {
        lock (held)
        {
            if (held.TryDequeue(out var waiting))
            {
                waiting.Due.Dispose();
                Write(waiting.Change);
            }
        }
    }

    private bool Write(StoreEvent? change)
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
}
