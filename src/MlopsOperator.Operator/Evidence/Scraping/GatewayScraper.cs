namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>
/// Scrapes the routes that are watched, each at its own interval, as long as it runs. Rounds start on a fixed cadence; one that is due while the one before
/// is still under way is left out. Routes of the same interval share a round.
/// </summary>
internal sealed class GatewayScraper(RoundScraper rounds, RouteEvidence evidence, ScraperMetrics metrics, TimeProvider time, ILogger<GatewayScraper> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeSpan> _routes = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Scrapes a route from now on, or at another interval. Cheap when nothing changes: call it at each reconcile.</summary>
    /// <param name="route"><c>namespace/name</c>.</param>
    /// <param name="interval">The interval of its strategy; at least 50 ms.</param>
    public void Watch(string route, TimeSpan interval)
    {
        interval = interval < EvidenceLimits.ShortestInterval ? EvidenceLimits.ShortestInterval : interval;
        TaskCompletionSource signal;
        lock (_lock)
        {
            if (_routes.TryGetValue(route, out var known) && known == interval)
            {
                return;
            }

            if (_routes.Count >= EvidenceLimits.Routes && !_routes.ContainsKey(route))
            {
                Log.TooManyRoutes(logger, route, EvidenceLimits.Routes);
                return;
            }

            _routes[route] = interval;
            evidence.Watch(route, interval);
            signal = Signal();
        }

        signal.TrySetResult();
    }

    /// <summary>Scrapes a route no more and forgets what it said.</summary>
    /// <param name="route"><c>namespace/name</c>.</param>
    public void Forget(string route)
    {
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            if (_routes.Remove(route))
            {
                signal = Signal();
            }
        }

        signal?.TrySetResult();

        evidence.Forget(route);
        rounds.Forget(route);
    }

    /// <summary>Scrapes until cancelled, and ends when the last round has ended.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var cadences = new Dictionary<TimeSpan, Cadence>();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var (groups, changed) = Groups();
                Align(cadences, groups, time.GetElapsedTime(start));
                foreach (var (interval, cadence) in cadences)
                {
                    StartIfDue(cadence, groups[interval], time.GetElapsedTime(start), cancellationToken);
                }

                await WaitAsync(cadences.Values, time.GetElapsedTime(start), changed, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(cadences.Values.Select(cadence => cadence.Round));
        }
    }

    // Continuations run on the setter's stack: asynchronous ones would leave the caller's context for the thread pool behind WhenAny.
    private static TaskCompletionSource NewSignal() => new();

    private static void Align(Dictionary<TimeSpan, Cadence> cadences, Dictionary<TimeSpan, IReadOnlyList<string>> groups, TimeSpan now)
    {
        foreach (var idle in cadences.Where(cadence => !groups.ContainsKey(cadence.Key) && cadence.Value.Round.IsCompleted).Select(cadence => cadence.Key).ToArray())
        {
            cadences.Remove(idle);
        }

        foreach (var interval in groups.Keys)
        {
            cadences.TryAdd(interval, new(interval, now));
        }

        // A round of an interval that nothing asks for any more is waited for, but no other is started.
        foreach (var interval in cadences.Keys)
        {
            groups.TryAdd(interval, []);
        }
    }

    private void StartIfDue(Cadence cadence, IReadOnlyList<string> routes, TimeSpan now, CancellationToken cancellationToken)
    {
        if (now < cadence.NextDue)
        {
            return;
        }

        var starts = cadence.Round.IsCompleted && routes.Count > 0;
        for (cadence.NextDue += cadence.Interval; cadence.NextDue <= now; cadence.NextDue += cadence.Interval)
        {
            metrics.Skipped();
        }

        if (starts)
        {
            cadence.Round = ScrapeAsync(routes, cadence.Interval, cancellationToken);
        }
        else if (routes.Count > 0)
        {
            metrics.Skipped();
        }
    }

    private async Task ScrapeAsync(IReadOnlyList<string> routes, TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            await rounds.ScrapeAsync(routes, interval, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The scraper is stopping.
        }
#pragma warning disable CA1031 // One bad round must not end all scraping: without it nobody judges.
        catch (Exception exception)
        {
            Log.RoundFailed(logger, exception, interval);
        }
#pragma warning restore CA1031
    }

    private async Task WaitAsync(IReadOnlyCollection<Cadence> cadences, TimeSpan now, Task changed, CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource();
        var pause = cadences.Count == 0 ? Timeout.InfiniteTimeSpan : cadences.Min(cadence => cadence.NextDue) - now;
        if (pause > TimeSpan.Zero || cadences.Count == 0)
        {
            // Timers cut fractions of a millisecond off: the loop would spin through what is left.
            var rounded = pause > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)) : pause;

            // A delay that is cancelled itself would go on in a thread of the pool.
            var ended = new TaskCompletionSource();
            await using var ending = cancellationToken.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), ended);
            await Task.WhenAny(Task.Delay(rounded, time, wait.Token), changed, ended.Task);
#pragma warning disable MA0042 // CancelAsync would leave the caller's context.
            wait.Cancel();
#pragma warning restore MA0042

            // The signal is set on the stack of whoever watches a route; the scraper goes on from its own.
            await Task.Yield();
        }
    }

    private (Dictionary<TimeSpan, IReadOnlyList<string>> Groups, Task Changed) Groups()
    {
        lock (_lock)
        {
            return (
                _routes.GroupBy(route => route.Value).ToDictionary(
                    group => group.Key,
                    group => (IReadOnlyList<string>)[.. group.Select(route => route.Key).Order(StringComparer.Ordinal)]),
                _changed.Task);
        }
    }

    private TaskCompletionSource Signal()
    {
        var signal = _changed;
        _changed = NewSignal();
        return signal;
    }

    private sealed class Cadence(TimeSpan interval, TimeSpan firstDue)
    {
        public TimeSpan Interval => interval;

        public TimeSpan NextDue { get; set; } = firstDue;

        public Task Round { get; set; } = Task.CompletedTask;
    }
}
