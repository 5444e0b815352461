namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>Runs continuations on the test's own thread, in order, when asked to.</summary>
internal sealed class SingleThreadContext : SynchronizationContext
{
    private readonly Lock _lock = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _posted.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing may block");

    /// <summary>Runs what is posted until nothing is.</summary>
    public void Settle()
    {
        Within(() =>
        {
            for (var steps = 0; TryTake(out var next); steps++)
            {
                if (steps > 5_000_000)
                {
                    throw new InvalidOperationException("The loops do not come to rest.");
                }

                next.Callback(next.State);
            }

            return 0;
        });
    }

    public T Within<T>(Func<T> start)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return start();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_lock)
        {
            return _posted.TryDequeue(out next);
        }
    }
}
