namespace MlopsOperator.ModelServer.Admission;

/// <summary>Bounds what is in flight: so many runs at once, so many waiting; what comes on top is refused at once.</summary>
/// <param name="options">The two numbers.</param>
internal sealed class RequestGate(ServerOptions options) : IDisposable
{
    private readonly SemaphoreSlim runs = new(options.MaxConcurrency, options.MaxConcurrency);
    private readonly int most = options.MaxConcurrency + options.MaxQueue;
    private int inFlight;

    /// <summary>Lets a request in, before its body is read.</summary>
    /// <returns>Whether there is room. If so, <see cref="Leave"/> must follow.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inFlight) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>The request is over.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);

    /// <summary>Waits for a free run.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>When it is free; <see cref="EndRun"/> must follow.</returns>
    public Task BeginRunAsync(CancellationToken cancellationToken) => runs.WaitAsync(cancellationToken);

    /// <summary>The run is over.</summary>
    public void EndRun() => runs.Release();

    /// <inheritdoc />
    public void Dispose() => runs.Dispose();
}
