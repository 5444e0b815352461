using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>
/// What every controller shares: a queue of keys in which a key waits once, one worker that takes them in order, timers for keys that are due later,
/// and retries of what failed: at once a few times, then with growing pauses.
/// </summary>
internal sealed class ControllerLoop : IAsyncDisposable
{
    private const int ImmediateRetries = 5;
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan watchPause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();

    // A channel, not a semaphore: whoever waits for a semaphore with a token goes on in a thread of the pool, and a simulation runs everything on one.
    private readonly Channel<string> queue = Channel.CreateUnbounded<string>();
    private readonly HashSet<string> queued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Due, ITimer Timer)> timers = new(StringComparer.Ordinal);
    private readonly string name;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Func<string, CancellationToken, Task<TimeSpan?>> reconcile;
    private bool working;

    /// <param name="name">Name of the controller, for the log.</param>
    /// <param name="reconcile">Brings one object to its wanted state; answers when to look again without being told, or null.</param>
    /// <param name="time">Clock of the timers.</param>
    /// <param name="logger">Log.</param>
    public ControllerLoop(string name, Func<string, CancellationToken, Task<TimeSpan?>> reconcile, TimeProvider time, ILogger logger)
    {
        this.name = name;
        this.time = time;
        this.logger = logger;
        this.reconcile = reconcile;
    }

    /// <summary>Nothing queued and nothing in work. Timers that are not due do not count.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return queued.Count == 0 && !working;
            }
        }
    }

    public void Add(string key)
    {
        lock (gate)
        {
            if (queued.Add(key))
            {
                queue.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Adds a key later. Of two times for one key the earlier holds.</summary>
    public void AddAfter(string key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (gate)
        {
            var due = time.GetUtcNow() + delay;
            if (timers.TryGetValue(key, out var waiting))
            {
                if (waiting.Due <= due)
                {
                    return;
                }

                waiting.Timer.Dispose();
            }

            timers[key] = (due, time.CreateTimer(Elapsed, key, delay, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await queue.Reader.WaitToReadAsync(cancellationToken))
        {
            string? key;
            lock (gate)
            {
                if (!queue.Reader.TryRead(out key))
                {
                    continue;
                }

                queued.Remove(key);
                working = true;
            }

            try
            {
                await WorkAsync(key, cancellationToken);
            }
            finally
            {
                lock (gate)
                {
                    working = false;
                }
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            foreach (var (_, timer) in timers.Values)
            {
                timer.Dispose();
            }

            timers.Clear();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Hands changes of a resource on until cancelled. A watch that the server refuses is opened again after a pause; not so if there is no such resource.</summary>
    public async Task WatchAsync(IClusterClient client, ResourceId resource, Action<ClusterChange> handle, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var change in client.WatchAsync(resource, cancellationToken))
                {
                    handle(change);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (ClusterApiException exception) when (exception.Code != 404)
            {
                Log.WatchFailed(logger, name, resource.Plural, exception);
            }

            await Task.Delay(watchPause, time, cancellationToken);
        }
    }

    /// <summary>Runs the parts of a component until cancelled. One that fails ends it at once: half a controller would be worse than none.</summary>
    public static async Task RunAllAsync(CancellationToken cancellationToken, params Task[] parts)
    {
        var first = await Task.WhenAny(parts);
        if (!cancellationToken.IsCancellationRequested)
        {
            await first;
        }

        await Task.WhenAll(parts);
    }

    private async Task WorkAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var again = await reconcile(key, cancellationToken);
            lock (gate)
            {
                failures.Remove(key);
            }

            if (again is { } delay)
            {
                AddAfter(key, delay);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One object that cannot be reconciled must not stop the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Retry(key, exception);
        }
    }

    private void Retry(string key, Exception exception)
    {
        int count;
        lock (gate)
        {
            count = failures[key] = failures.GetValueOrDefault(key) + 1;
        }

        // A lost race is no news: the next look at the object settles it.
        if (exception is ClusterApiException { Code: 409 } && count <= ImmediateRetries)
        {
            Add(key);
            return;
        }

        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(count, 10)) / 2, longestPause.TotalSeconds));
        Log.ReconcileFailed(logger, name, key, pause, exception);
        AddAfter(key, pause);
    }

    private void Elapsed(object? state)
    {
        var key = (string)state!;
        lock (gate)
        {
            if (timers.Remove(key, out var waiting))
            {
                waiting.Timer.Dispose();
            }
        }

        Add(key);
    }
}
