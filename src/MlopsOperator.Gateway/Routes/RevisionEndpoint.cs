namespace MlopsOperator.Gateway.Routes;

/// <summary>An address of a revision. One object an address over all route sets, so that its count of requests in flight is right across changes.</summary>
internal sealed class RevisionEndpoint(string address)
{
    private int inFlight;
    private long refusedAt;

    /// <summary><c>ip:port</c>.</summary>
    public string Address { get; } = address;

    /// <summary>What requests are sent to.</summary>
    public string Prefix { get; } = "http://" + address;

    /// <summary>Requests that this gateway has under way there.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>
    /// No connection could be made. It is known here before the API tells, and what listens there next may be a new process that is not ready yet, while the
    /// API still names the old one.
    /// </summary>
    public void Refused(TimeProvider time) => Volatile.Write(ref refusedAt, time.GetTimestamp());

    /// <summary>Whether that was a moment ago: another endpoint is the better choice.</summary>
    public bool IsSuspect(TimeProvider time) => Volatile.Read(ref refusedAt) is not 0 and var at && time.GetElapsedTime(at) < Limits.Suspicion;

    /// <summary>A request goes there.</summary>
    public void Enter() => Interlocked.Increment(ref inFlight);

    /// <summary>The request is over.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);
}
