using System.Diagnostics;

namespace MlopsOperator.Simulation.Scheduling;

/// <summary>
/// One thread for everything: continuations wait here until <see cref="Run"/> takes them. With a random source it takes mostly the oldest and now and then
/// any, so that a seed is one interleaving; without, always the oldest.
/// </summary>
internal sealed class SimulationScheduler(Random? random = null) : SynchronizationContext
{
    private const int LivelockAfter = 200_000;
    private const double OldestFirst = 0.8;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private StackTrace? _escape;
    private int _head;

    // The thread that was last within: it counts between two runs too.
    private int _home;
    private bool _ending;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (_home != 0 && _home != Environment.CurrentManagedThreadId)
            {
                _escape ??= new StackTrace(fNeedFileInfo: true);
            }

            _ready.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing may block in a simulation");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what is ready until nothing is.</summary>
    /// <exception cref="InvalidOperationException">It does not come to rest.</exception>
    public void Run() => Within(() =>
    {
        for (var steps = 0; TryTake(out var next); steps++)
        {
            if (steps > LivelockAfter)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"{LivelockAfter} steps at one moment of time: the loops do not come to rest"));
            }

            next.Callback(next.State);
        }

        return 0;
    });

    /// <summary>
    /// Runs until something has ended, also work that comes back from other threads: for ends only, where cancelled delays do (the framework ends them in
    /// the pool).
    /// </summary>
    /// <exception cref="TimeoutException">It has not ended within ten seconds of real time.</exception>
    public void RunToEnd(Task ending, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        // What comes back from the pool comes when it will: it must not use up the run's chances.
        _ending = true;
        Run();
        while (!ending.IsCompleted)
        {
            if (TimeProvider.System.GetElapsedTime(began) > EndsWithin)
            {
                throw new TimeoutException($"{what} does not end when it is told to");
            }

            Thread.Yield();
            Run();
        }

        _ending = false;

        lock (_gate)
        {
            _escape = null;
        }
    }

    /// <summary>Whatever leaves the world's thread would make two runs of one seed: it fails the run.</summary>
    /// <exception cref="InvalidOperationException">Something did.</exception>
    public void ThrowIfEscaped()
    {
        lock (_gate)
        {
            if (_escape is not null)
            {
                throw new InvalidOperationException($"Work came back from another thread, so the run cannot be repeated:\n{_escape}");
            }
        }
    }

    /// <summary>Starts something whose continuations are to come here.</summary>
    public T Within<T>(Func<T> start)
    {
        var before = Current;
        SetSynchronizationContext(this);
        lock (_gate)
        {
            _home = Environment.CurrentManagedThreadId;
        }

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
        lock (_gate)
        {
            var count = _ready.Count - _head;
            if (count == 0)
            {
                _ready.Clear();
                _head = 0;
                next = default;
                return false;
            }

            if (random is not null && !_ending && count > 1 && random.NextDouble() >= OldestFirst)
            {
                var index = _head + random.Next(count);
                (_ready[_head], _ready[index]) = (_ready[index], _ready[_head]);
            }

            next = _ready[_head++];
            return true;
        }
    }
}
