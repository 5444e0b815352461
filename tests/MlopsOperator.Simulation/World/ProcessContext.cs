using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>One process of a world: what its work awaits comes back here, and stays here while the process is paused.</summary>
internal sealed class ProcessContext(SimulationScheduler scheduler) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _held = [];

    /// <summary>Whether the process stands still, as one does that gets no processor. Clocks go on meanwhile.</summary>
    public bool IsPaused { get; private set; }

    public void Pause() => IsPaused = true;

    /// <summary>It goes on with what it believed when it stopped.</summary>
    public void Resume()
    {
        IsPaused = false;
        var held = _held.ToList();
        _held.Clear();
        foreach (var (callback, state) in held)
        {
            Post(callback, state);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(static turn => ((Turn)turn!).Take(), new Turn(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing may block in a simulation");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Does something as the process would, whether it is paused or not.</summary>
    public T Within<T>(Func<T> start) => scheduler.Within(() => Become(start));

    private T Become<T>(Func<T> start)
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

    private sealed class Turn(ProcessContext process, SendOrPostCallback callback, object? state)
    {
        public void Take()
        {
            if (process.IsPaused)
            {
                process._held.Add((callback, state));
                return;
            }

            process.Become(() =>
            {
                callback(state);
                return 0;
            });
        }
    }
}
