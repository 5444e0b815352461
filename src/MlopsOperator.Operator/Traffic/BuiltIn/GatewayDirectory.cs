using k8s.Models;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Operator.Traffic.BuiltIn;

/// <summary>
/// The gateways that are ready, serving or terminating endpoints of the gateway Service, and those that were until a moment ago: one that is gone may still
/// hold requests, and its leaving must be seen before anything is taken away on the ground that nobody routes there. An endpoint that is neither (a new
/// image that crashes before it is ever ready) has never routed anything: it may be scraped, but nobody waits for it.
/// </summary>
[EntityRbac(typeof(V1EndpointSlice), Verbs = RbacVerb.Read)]
internal sealed class GatewayDirectory(IObjectCache<V1EndpointSlice> slices, OperatorOptions options, TimeProvider time) : IGatewayDirectory
{
    /// <summary>Name of the Service's port that telemetry is served on.</summary>
    public const string TelemetryPort = "telemetry";

    // After a start, a gateway that left before it cannot be told from one that was never seen.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, GatewayEndpoint> _known = new(StringComparer.Ordinal);

    private long? _firstSeen;
    private DateTimeOffset? _judgingSince;

    /// <summary>When this process first saw the endpoints complete, and so began to judge; null before.</summary>
    public DateTimeOffset? JudgingSince
    {
        get
        {
            lock (_gate)
            {
                return _judgingSince;
            }
        }
    }

    /// <summary>
    /// Whether the list may be relied on to confirm that a gateway is gone: 30 s after the endpoints were first seen. Counted from the first call that finds
    /// them complete.
    /// </summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
            {
                _firstSeen ??= slices.HasSynced ? time.GetTimestamp() : null;
                _judgingSince ??= _firstSeen is null ? null : time.GetUtcNow();
                return _firstSeen is { } since && time.GetElapsedTime(since) >= SettlingTime;
            }
        }
    }

    /// <summary>All known gateways, sorted by name.</summary>
    public IReadOnlyList<GatewayEndpoint> All() => Remember(Present());

    /// <summary>Those that can be scraped, sorted by name: every endpoint, whatever its state.</summary>
    public IReadOnlyList<GatewayTarget> List()
    {
        var present = Present();
        Remember(present);
        return [.. present.Values.Select(seen => new GatewayTarget(seen.Endpoint.Name, seen.Endpoint.Telemetry, seen.Endpoint.Ready))];
    }

    private List<GatewayEndpoint> Remember(SortedDictionary<string, (GatewayEndpoint Endpoint, bool Routes)> present)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var name in _known.Keys.Where(name => !present.TryGetValue(name, out var seen) || !seen.Routes).ToList())
            {
                var known = _known[name];
                _known[name] = known with { Ready = false, LeftAt = known.LeftAt ?? now };
                if (now - _known[name].LeftAt > EvidenceLimits.FloorsKept)
                {
                    _known.Remove(name);
                }
            }

            foreach (var (name, seen) in present.Where(entry => entry.Value.Routes))
            {
                _known[name] = seen.Endpoint;
            }

            return [.. _known.Values];
        }
    }

    /// <summary>The endpoints of now, and whether each may route requests.</summary>
    private SortedDictionary<string, (GatewayEndpoint Endpoint, bool Routes)> Present()
    {
        var present = new SortedDictionary<string, (GatewayEndpoint Endpoint, bool Routes)>(StringComparer.Ordinal);
        foreach (var slice in slices.ByIndex(CacheIndexes.ByService, CacheIndexes.Key(options.GatewayNamespace, options.GatewayService)))
        {
            if (slice.Ports?.FirstOrDefault(port => string.Equals(port.Name, TelemetryPort, StringComparison.Ordinal))?.Port is not { } port)
            {
                continue;
            }

            foreach (var endpoint in slice.Endpoints ?? [])
            {
                if (endpoint.Addresses is not [var address, ..])
                {
                    continue;
                }

                var name = endpoint.TargetRef?.Name ?? address;
                var ready = endpoint.Conditions?.Ready == true && endpoint.Conditions?.Terminating != true;
                present[name] = (new GatewayEndpoint(name, new UriBuilder(Uri.UriSchemeHttp, address, port).Uri, ready, null), MayRoute(endpoint.Conditions));
            }
        }

        return present;
    }

    /// <summary>Ready, serving or terminating. Where nothing is said of readiness, clients may take it for ready.</summary>
    private static bool MayRoute(V1EndpointConditions? conditions) =>
        conditions is null || conditions.Ready != false || conditions.Serving == true || conditions.Terminating == true;
}
