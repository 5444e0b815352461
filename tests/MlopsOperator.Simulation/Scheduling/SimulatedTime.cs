namespace MlopsOperator.Simulation.Scheduling;

/// <summary>Time that moves only when it is told to, and that knows what is due next. What is due becomes ready work of the scheduler.</summary>
internal sealed class SimulatedTime(SimulationScheduler scheduler, DateTimeOffset start) : TimeProvider
{
    private readonly SortedSet<Timer> _timers = new(Comparer<Timer>.Create(static (one, other) =>
        one.Due != other.Due ? one.Due.CompareTo(other.Due) : one.Number.CompareTo(other.Number)));

    private long _now;
    private long _numbers;

    /// <summary>How far the wall clock is ahead of what has passed: set it to make it jump.</summary>
    public TimeSpan WallClockAhead { get; set; }

    /// <summary>What has passed since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    /// <summary>When the next timer is due, as <see cref="Elapsed"/> counts; null if none is.</summary>
    public TimeSpan? NextDue => _timers.Min is { } next ? TimeSpan.FromTicks(next.Due) : null;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed + WallClockAhead;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, ++_numbers);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass up to a moment, and hands over the timers that are due by then.</summary>
    public void AdvanceTo(TimeSpan moment)
    {
        _now = Math.Max(_now, moment.Ticks);
        while (_timers.Min is { } next && next.Due <= _now)
        {
            next.Fire();
        }
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state, long number) : ITimer
    {
        private TimeSpan _period;
        private bool _set;
        private bool _disposed;

        public long Due { get; private set; }

        public long Number => number;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            Unset();
            _period = period;
            if (dueTime >= TimeSpan.Zero)
            {
                Set(time._now + dueTime.Ticks);
            }

            return true;
        }

        public void Fire()
        {
            Unset();
            if (_period > TimeSpan.Zero)
            {
                Set(Due + _period.Ticks);
            }

            time.Ready(this);
        }

        public void Call()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }

        public void Dispose() => End();

        public ValueTask DisposeAsync()
        {
            End();
            return ValueTask.CompletedTask;
        }

        private void End()
        {
            _disposed = true;
            Unset();
        }

        private void Set(long due)
        {
            Due = due;
            _set = true;
            time._timers.Add(this);
        }

        private void Unset()
        {
            if (_set)
            {
                time._timers.Remove(this);
                _set = false;
            }
        }
    }

    private void Ready(Timer timer) => scheduler.Post(static state => ((Timer)state!).Call(), timer);
}
