using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Evidence;

/// <summary>
/// What the scraper has found out about each route (<c>namespace/name</c>), until a reconciler fetches it. Safe for several threads; bounded.
/// </summary>
internal sealed class RouteEvidence
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    private volatile Action<string>? _onScraped;

    /// <summary>Calls back with the route after each scrape round in which a gateway answered for it, outside any lock. The callback must be quick.</summary>
    /// <param name="onScraped">The callback; replaces the one before.</param>
    public void NotifyOnScraped(Action<string> onScraped) => _onScraped = onScraped;

    /// <summary>The rounds since the last drain, oldest first; each is handed over once.</summary>
    /// <param name="route">The route.</param>
    public IReadOnlyList<EvidenceRound> Drain(string route)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue(route, out var known) || known.Rounds.Count == 0)
            {
                return [];
            }

            EvidenceRound[] rounds = [.. known.Rounds];
            known.Rounds.Clear();
            return rounds;
        }
    }

    /// <summary>The newest report of each gateway, sorted by name; those that left the directory stay for two minutes.</summary>
    /// <param name="route">The route.</param>
    public IReadOnlyList<GatewayReport> Report(string route)
    {
        lock (_lock)
        {
            return _routes.TryGetValue(route, out var known) ? known.Reports : [];
        }
    }

    /// <summary>History of a revision from rounds in which it alone had requests, at the interval of now; null while there is none.</summary>
    /// <param name="route">The route.</param>
    /// <param name="revision">Revision hash.</param>
    public BaselineEvidence? Baseline(string route, string revision)
    {
        lock (_lock)
        {
            return _routes.TryGetValue(route, out var known) ? known.Baselines.Of(revision) : null;
        }
    }

    /// <summary>Goes on from a saved history after a restart. Ignored when it is at another interval or when there is a longer one.</summary>
    /// <param name="route">The route.</param>
    /// <param name="saved">What <c>ModelDeployment.status.baseline</c> holds.</param>
    public void Seed(string route, BaselineEvidence saved)
    {
        lock (_lock)
        {
            if (_routes.TryGetValue(route, out var known))
            {
                known.Baselines = known.Baselines.Seeded(saved);
            }
        }
    }

    internal void Watch(string route, TimeSpan interval)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue(route, out var known))
            {
                _routes[route] = new(interval);
            }
            else if (known.Baselines.Interval != interval)
            {
                known.Baselines = new(interval);
            }
        }
    }

    internal bool IsWatched(string route)
    {
        lock (_lock)
        {
            return _routes.ContainsKey(route);
        }
    }

    internal void Forget(string route)
    {
        lock (_lock)
        {
            _routes.Remove(route);
        }
    }

    /// <summary>Adds what one scrape round found. Returns how many rounds were dropped because nobody drained them.</summary>
    internal int Add(string route, IReadOnlyList<GatewayReport> reports, IReadOnlyList<EvidenceRound> rounds)
    {
        var dropped = 0;
        lock (_lock)
        {
            if (!_routes.TryGetValue(route, out var known))
            {
                return 0;
            }

            known.Reports = reports;
            foreach (var round in rounds)
            {
                known.Baselines = known.Baselines.Plus(round);
                known.Rounds.Enqueue(round);
            }

            for (; known.Rounds.Count > EvidenceLimits.PendingRounds; dropped++)
            {
                known.Rounds.Dequeue();
            }
        }

        _onScraped?.Invoke(route);
        return dropped;
    }

    private sealed class Route(TimeSpan interval)
    {
        public Queue<EvidenceRound> Rounds { get; } = new();

        public IReadOnlyList<GatewayReport> Reports { get; set; } = [];

        public BaselineAccumulator Baselines { get; set; } = new(interval);
    }
}
