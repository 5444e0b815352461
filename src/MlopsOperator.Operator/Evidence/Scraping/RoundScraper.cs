using MlopsOperator.Operator.Evidence.Blocks;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Does one scrape round: asks every gateway for some routes, and hands over what they say. A route that is forgotten meanwhile stays forgotten.</summary>
internal sealed class RoundScraper(
    IGatewayDirectory directory, ITelemetryClient client, RouteEvidence evidence, ExposureFloors floors, ScraperMetrics metrics, TimeProvider time, ILogger<RoundScraper> logger)
{
    private readonly GatewayProbe _probe = new(client, metrics, time);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RouteGateways> _routes = new(StringComparer.Ordinal);
    private HashSet<string> _failing = new(StringComparer.Ordinal);
    private long _rounds;

    public async Task ScrapeAsync(IReadOnlyList<string> routes, TimeSpan interval, CancellationToken cancellationToken)
    {
        IReadOnlyList<GatewayTarget> targets = [.. directory.List().DistinctBy(target => target.Name, StringComparer.Ordinal).Take(EvidenceLimits.Gateways)];
        using var slots = new SemaphoreSlim(EvidenceLimits.ConcurrentRequests);
        var began = time.GetUtcNow();
        var outcomes = await Task.WhenAll(targets.Select(target => ProbeAsync(target, routes, began, GatewayProbe.Timeout(interval), slots, cancellationToken)));
        Report(outcomes);
        HashSet<string> ready = [.. targets.Where(target => target.Ready).Select(target => target.Name)];
        foreach (var route in routes)
        {
            HandOver(route, outcomes, ready);
        }
    }

    public void Forget(string route)
    {
        lock (_lock)
        {
            _routes.Remove(route);
        }
    }

    private async Task<ScrapeOutcome> ProbeAsync(
        GatewayTarget target, IReadOnlyList<string> routes, DateTimeOffset began, TimeSpan timeout, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        var named = floors.Begin(target.Name, routes);
        try
        {
            return await _probe.ScrapeAsync(target, routes, named, began, timeout, cancellationToken);
        }
        finally
        {
            floors.End(target.Name, named);
            slots.Release();
        }
    }

    private void HandOver(string route, IReadOnlyList<ScrapeOutcome> outcomes, HashSet<string> ready)
    {
        IReadOnlyDictionary<string, GatewayBlock> blocks;
        IReadOnlyList<string> dropped;
        IReadOnlyList<GatewayReport> reports;
        lock (_lock)
        {
            if (!_routes.TryGetValue(route, out var gateways))
            {
                if (!evidence.IsWatched(route))
                {
                    return;
                }

                _routes[route] = gateways = new();
            }

            (blocks, dropped) = gateways.Take(route, outcomes, time.GetUtcNow());
            reports = gateways.Reports;
        }

        foreach (var reason in blocks.Select(_ => (string?)null).Concat(dropped))
        {
            metrics.Block(reason);
        }

        if (blocks.Count + dropped.Count > 0)
        {
            metrics.Unread(evidence.Add(route, reports, RoundAssembler.Assemble(blocks, ready, () => Interlocked.Increment(ref _rounds))));
        }
    }

    // Once when a gateway begins to fail and once when it is back, however often it is tried in between.
    private void Report(IReadOnlyList<ScrapeOutcome> outcomes)
    {
        lock (_lock)
        {
            foreach (var outcome in outcomes)
            {
                if (outcome.Reason is null && _failing.Remove(outcome.Target.Name))
                {
                    Log.ScrapeRecovered(logger, outcome.Target.Name);
                }
                else if (outcome.Reason is not null && _failing.Add(outcome.Target.Name))
                {
                    Log.ScrapeFailed(logger, outcome.Target.Name, outcome.Target.Uri, outcome.Result, outcome.Reason);
                }
            }

            _failing = [.. _failing.Where(name => outcomes.Any(outcome => string.Equals(outcome.Target.Name, name, StringComparison.Ordinal)))];
        }
    }
}
