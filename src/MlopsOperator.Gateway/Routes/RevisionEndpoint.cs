namespace MlopsOperator.Gateway.Routes;

/// <summary>An address of a revision. One object an address over all route sets, so that its count of requests in flight is right across changes.</summary>
internal sealed class RevisionEndpoint(string address)
{
    private int inFlight;

    /// <summary><c>ip:port</c>.</summary>
    public string Address { get; } = address;

    /// <summary>What requests are sent to.</summary>
    public string Prefix { get; } = "http://" + address;

    /// <summary>Requests that this gateway has under way there.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>A request goes there.</summary>
    public void Enter() => Interlocked.Increment(ref inFlight);

    /// <summary>The request is over.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);
}
