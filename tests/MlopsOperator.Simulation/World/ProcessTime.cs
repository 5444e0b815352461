using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>The world's time as a process has it: what its timers call comes in its own turn, which does not come while it is paused.</summary>
internal sealed class ProcessTime(SimulatedTime time, ProcessContext process) : TimeProvider
{
    private readonly HashSet<Timer> _timers = [];
    private bool _ends;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, process, callback, state);
        timer.Start(time, dueTime, period);
        _timers.Add(timer);
        if (_ends && dueTime != Timeout.InfiniteTimeSpan)
        {
            timer.Due();
        }

        return timer;
    }

    /// <summary>The world does not wait for this process: whatever it waits for is due.</summary>
    public void End()
    {
        _ends = true;
        foreach (var timer in _timers.ToList())
        {
            timer.Due();
        }
    }

    private sealed class Timer(ProcessTime owner, ProcessContext process, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _inner;
        private bool _disposed;

        public void Start(SimulatedTime time, TimeSpan dueTime, TimeSpan period) =>
            _inner = time.CreateTimer(static self => ((Timer)self!).Due(), this, dueTime, period);

        public bool Change(TimeSpan dueTime, TimeSpan period) => _inner!.Change(dueTime, period);

        public void Dispose() => End();

        public ValueTask DisposeAsync()
        {
            End();
            return ValueTask.CompletedTask;
        }

        private void End()
        {
            _disposed = true;
            owner._timers.Remove(this);
            _inner!.Dispose();
        }

        public void Due() => process.Post(static self => ((Timer)self!).Call(), this);

        private void Call()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }
    }
}
