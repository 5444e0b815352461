using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>
/// Keys to reconcile (client-go's workqueue): a key waits at most once, is given to one worker at a time, and if it is added while a
/// worker has it, it is given out once more afterwards. Nothing is ever lost or cancelled. Safe for parallel use.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ReadyKeys _ready = new();
    private readonly Dictionary<ObjectKey, long> _dirty = [];
    private readonly Dictionary<ObjectKey, long> _processing = [];
    private readonly Dictionary<ObjectKey, int> _failures = [];
    private readonly DelayedKeys _delayed = new();
    private readonly Dictionary<ObjectKey, TimeSpan> _backOffEnds = [];

    /// <summary>Keys in work that run again afterwards only for what can wait, so not if the work fails.</summary>
    private readonly HashSet<ObjectKey> _patient = [];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly WorkQueueMetrics _metrics;
    private readonly ITimer _timer;
    private TaskCompletionSource _changed = NewSignal();
    private bool _standsBy;

    public WorkQueue(TimeProvider time, WorkQueueMetrics metrics)
    {
        _time = time;
        _start = time.GetTimestamp();
        _metrics = metrics;
        _timer = time.CreateTimer(static state => ((WorkQueue)state!).MoveDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics.Observe(this);
    }

    /// <summary>Longest delay between two attempts at a key that fails.</summary>
    public TimeSpan LongestRetry { get; set; } = RetryPolicy.Cap;

    /// <summary>Whether it takes nothing, as nobody would ever take it out.</summary>
    public bool StandsBy
    {
        get
        {
            lock (_lock)
            {
                return _standsBy;
            }
        }
    }

    /// <summary>Keys that wait for a worker.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Keys that wait for their time.</summary>
    public int DelayedCount
    {
        get
        {
            lock (_lock)
            {
                return _delayed.Count;
            }
        }
    }

    /// <summary>Takes nothing until <see cref="Open"/>: a process that only stands by would gather the keys of all objects that ever were.</summary>
    public void StandBy()
    {
        lock (_lock)
        {
            _standsBy = true;
        }
    }

    /// <summary>Takes keys from now on. True when it has stood by, so that it does not know what there is to do.</summary>
    public bool Open()
    {
        lock (_lock)
        {
            var stoodBy = _standsBy;
            _standsBy = false;
            return stoodBy;
        }
    }

    /// <summary>Adds a key now; a delayed run of it stays.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isBehind">Whether it comes after those of fresh changes, as those of a first list do. A fresh change of it moves it up.</param>
    public void Add(ObjectKey key, bool isBehind = false) => Add(key, canWait: false, isFresh: !isBehind);

    /// <summary>
    /// Adds a key now, unless it waits for the end of its back-off after a failure; it runs then anyway. For what comes often and can
    /// wait: each such add would otherwise be a retry of its own, without any back-off.
    /// </summary>
    public void AddUnlessFailing(ObjectKey key) => Add(key, canWait: true, isFresh: true);

    /// <summary>Adds a key after a while; the earlier of two times wins.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_lock)
        {
            if (_standsBy)
            {
                return;
            }

            _delayed.Add(key, Now + delay);
            SetTimer();
        }
    }

    /// <summary>Adds a key after the back-off of its failures in a row, or after <paramref name="atLeast"/>, if that is longer. Gives the delay.</summary>
    public TimeSpan AddRateLimited(ObjectKey key, TimeSpan? atLeast = null)
    {
        TimeSpan delay;
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            delay = RetryPolicy.Delay(failures, LongestRetry);
            if (atLeast is { } least && least > delay)
            {
                delay = least;
            }

            _backOffEnds[key] = Now + delay;
            if (_patient.Remove(key))
            {
                _dirty.Remove(key);
            }
        }

        _metrics.Retried();
        AddAfter(key, delay);
        return delay;
    }

    /// <summary>Ends a row of failures.</summary>
    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
            _backOffEnds.Remove(key);
        }
    }

    /// <summary>The next key, if one is ready. <see cref="Done"/> must follow.</summary>
    public bool TryTake(out ObjectKey key)
    {
        lock (_lock)
        {
            if (!_ready.TryDequeue(out key))
            {
                return false;
            }

            _dirty.Remove(key, out var added);
            var now = _time.GetTimestamp();
            _processing[key] = now;
            _metrics.Taken(_time.GetElapsedTime(added, now));
            return true;
        }
    }

    /// <summary>Waits for the next key. <see cref="Done"/> must follow.</summary>
    public async Task<ObjectKey> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (TryTake(out var key))
            {
                return key;
            }

            await changed.WaitAsync(cancellationToken);

            // The signal is set on the stack of whoever adds; the worker goes on from its own.
            await Task.Yield();
        }
    }

    /// <summary>A worker has finished with a key.</summary>
    public void Done(ObjectKey key)
    {
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            if (_processing.Remove(key, out var since))
            {
                _metrics.Finished(_time.GetElapsedTime(since));
            }

            _patient.Remove(key);
            if (_dirty.ContainsKey(key))
            {
                _ready.Enqueue(key, isFresh: true);
                signal = Signal();
            }
        }

        signal?.TrySetResult();
    }

    /// <summary>How long the keys in work have been so, together and the longest.</summary>
    public (TimeSpan Sum, TimeSpan Longest) Unfinished()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var sum = TimeSpan.Zero;
            var longest = TimeSpan.Zero;
            foreach (var since in _processing.Values)
            {
                var age = _time.GetElapsedTime(since, now);
                sum += age;
                longest = age > longest ? age : longest;
            }

            return (sum, longest);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Add(ObjectKey key, bool canWait, bool isFresh)
    {
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            if (_standsBy || (canWait && _backOffEnds.TryGetValue(key, out var end) && Now < end))
            {
                return;
            }

            var isNew = _dirty.TryAdd(key, _time.GetTimestamp());
            if (!canWait)
            {
                _patient.Remove(key);
            }

            if (!isNew)
            {
                if (isFresh)
                {
                    _ready.MoveUp(key);
                }

                return;
            }

            _metrics.Added();
            if (!_processing.ContainsKey(key))
            {
                _ready.Enqueue(key, isFresh);
                signal = Signal();
            }
            else if (canWait)
            {
                _patient.Add(key);
            }
        }

        signal?.TrySetResult();
    }

    // Not the wall clock: where that is set back an hour, every delayed key would wait an hour more.
    private TimeSpan Now => _time.GetElapsedTime(_start);

    // Continuations run on the setter's stack: asynchronous ones would leave a test's context for the thread pool behind WaitAsync.
    private static TaskCompletionSource NewSignal() => new();

    private TaskCompletionSource Signal()
    {
        var signal = _changed;
        _changed = NewSignal();
        return signal;
    }

    private void MoveDue()
    {
        IReadOnlyList<ObjectKey> due;
        lock (_lock)
        {
            due = _delayed.TakeDue(Now);
            SetTimer();
        }

        foreach (var key in due)
        {
            Add(key);
        }
    }

    private void SetTimer()
    {
        if (_delayed.Earliest is not { } earliest)
        {
            return;
        }

        // A timer takes at most about 49 days; an early tick moves nothing and sets it again.
        var wait = earliest - Now;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);
        // Timers of the system count whole milliseconds, rounded down: without this one they tick too early, in a row.
        _timer.Change(wait + TimeSpan.FromMilliseconds(wait.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1), Timeout.InfiniteTimeSpan);
    }
}
