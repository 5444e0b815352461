using System.Runtime.InteropServices;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>
/// The floor that scrapes name for each route, and when the attempts that named it ended, gateway by gateway: until the lease after them is over, a gateway
/// that does not answer may serve the candidate. A floor is named only for one lease after the reconciler last looked at the rollout: scrapes that nobody reads
/// judge nothing, and an operator that hangs, or that the API refuses, must not keep a candidate exposed. Safe for several threads; bounded.
/// </summary>
/// <param name="lease">The exposure lease.</param>
/// <param name="time">Clock.</param>
internal sealed class ExposureFloors(TimeSpan lease, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Judged> _floors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, SortedDictionary<long, Attempts>>> _attempts = new(StringComparer.Ordinal);

    /// <summary>Somebody looks at the rollout of a route now: names its floor from the next attempt on; null: none.</summary>
    public void Set(string route, long? floor)
    {
        lock (_lock)
        {
            if (floor is { } named)
            {
                _floors[route] = new(named, time.GetTimestamp());
            }
            else
            {
                _floors.Remove(route);
            }
        }
    }

    public void Forget(string route)
    {
        lock (_lock)
        {
            _floors.Remove(route);
            _attempts.Remove(route);
        }
    }

    /// <summary>An attempt begins: the floors that it names. <see cref="End"/> must follow, whatever comes of it.</summary>
    public IReadOnlyDictionary<string, long> Begin(string gateway, IReadOnlyList<string> routes)
    {
        lock (_lock)
        {
            var named = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var route in routes)
            {
                if (_floors.TryGetValue(route, out var judged) && time.GetElapsedTime(judged.LookedAt) < lease)
                {
                    var floor = judged.Floor;
                    named[route] = floor;
                    var attempts = Of(route, gateway);
                    var known = attempts.GetValueOrDefault(floor);
                    attempts[floor] = known with { UnderWay = known.UnderWay + 1 };
                }
            }

            return named;
        }
    }

    public void End(string gateway, IReadOnlyDictionary<string, long> named)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var (route, floor) in named)
            {
                // A route that was forgotten meanwhile stays forgotten.
                if (_attempts.TryGetValue(route, out var gateways) && gateways.TryGetValue(gateway, out var attempts) && attempts.TryGetValue(floor, out var known))
                {
                    attempts[floor] = new(Math.Max(0, known.UnderWay - 1), now);
                    Prune(gateways, now);
                }
            }
        }
    }

    /// <summary>By floor: when the last attempt ended; <see cref="DateTimeOffset.MaxValue"/> while one is under way.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> Named(string route, string gateway)
    {
        lock (_lock)
        {
            return _attempts.TryGetValue(route, out var gateways) && gateways.TryGetValue(gateway, out var attempts)
                ? attempts.ToDictionary(attempt => attempt.Key, attempt => attempt.Value.UnderWay > 0 ? DateTimeOffset.MaxValue : attempt.Value.Ended)
                : new Dictionary<long, DateTimeOffset>();
        }
    }

    private static void Prune(Dictionary<string, SortedDictionary<long, Attempts>> gateways, DateTimeOffset now)
    {
        foreach (var (gateway, attempts) in gateways.ToList())
        {
            foreach (var old in attempts.Where(attempt => attempt.Value.UnderWay == 0 && now - attempt.Value.Ended > EvidenceLimits.FloorsKept).Select(attempt => attempt.Key).ToList())
            {
                attempts.Remove(old);
            }

            if (attempts.Count == 0)
            {
                gateways.Remove(gateway);
            }
        }
    }

    private SortedDictionary<long, Attempts> Of(string route, string gateway)
    {
        if (!_attempts.TryGetValue(route, out var gateways))
        {
            _attempts[route] = gateways = new(StringComparer.Ordinal);
        }

        if (!gateways.TryGetValue(gateway, out var attempts))
        {
            gateways[gateway] = attempts = [];
        }

        return attempts;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Judged(long Floor, long LookedAt);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Attempts(int UnderWay, DateTimeOffset Ended);
}
