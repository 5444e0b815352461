namespace MlopsOperator.Gateway.Routes;

/// <summary>
/// Whether somebody judges what a route exposes: the last floor that a scrape named, and when. It outlives route sets, not the object. Reading takes no lock
/// and allocates nothing.
/// </summary>
internal sealed class ExposureLease(TimeProvider time)
{
    /// <summary>No scrape has named a floor yet.</summary>
    private const long Never = -1;

    private readonly Lock gate = new();
    private readonly long createdAt = time.GetTimestamp();
    private long floor = Never;
    private long raisedAt;
    private long renewedAt;

    /// <summary>A scrape names a floor. An older one than the last renews nothing: whoever sent it judges what is over.</summary>
    public void Name(long named)
    {
        lock (gate)
        {
            if (named < 0 || named < floor)
            {
                return;
            }

            // In this order, and read in the other: who sees the new time sees the new floor.
            var now = time.GetTimestamp();
            if (named > floor)
            {
                Volatile.Write(ref raisedAt, now);
            }

            Volatile.Write(ref floor, named);
            Volatile.Write(ref renewedAt, now);
        }
    }

    /// <summary>Whether a candidate may be served: the sequence is not below the floor, and the floor was named within the lease.</summary>
    /// <param name="sequence">The sequence in effect here.</param>
    /// <param name="length">Length of the lease.</param>
    public bool Holds(long sequence, TimeSpan length)
    {
        var renewed = Volatile.Read(ref renewedAt);
        var last = Volatile.Read(ref floor);
        return last != Never && sequence >= last && time.GetElapsedTime(renewed) < length;
    }

    /// <summary>For how long no candidate has been served: since the lease ended, or since a floor was named that the sequence does not reach; zero while it holds.</summary>
    /// <param name="sequence">The sequence in effect here.</param>
    /// <param name="length">Length of the lease.</param>
    public TimeSpan Lapse(long sequence, TimeSpan length)
    {
        lock (gate)
        {
            if (floor == Never)
            {
                return time.GetElapsedTime(createdAt);
            }

            var expired = time.GetElapsedTime(renewedAt) - length;
            var lagging = sequence < floor ? time.GetElapsedTime(raisedAt) : TimeSpan.Zero;
            return expired > lagging ? expired : lagging;
        }
    }
}
