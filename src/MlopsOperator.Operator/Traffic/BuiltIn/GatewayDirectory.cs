using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Operator.Traffic.BuiltIn;

/// <summary>
/// The gateways that are endpoints of the gateway Service, whatever their state, and those that were until a moment ago: one that is gone may still hold
/// requests, and its leaving must be seen before anything is taken away on the ground that nobody routes there.
/// </summary>
internal sealed class GatewayDirectory(IObjectCache<V1EndpointSlice> slices, OperatorOptions options, TimeProvider time) : IGatewayDirectory
{
    /// <summary>Name of the Service's port that telemetry is served on.</summary>
    public const string TelemetryPort = "telemetry";

    // Longer than the 30 s after which a gateway counts as gone.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, GatewayEndpoint> _known = new(StringComparer.Ordinal);

    /// <summary>All known gateways, sorted by name.</summary>
    public IReadOnlyList<GatewayEndpoint> All()
    {
        var now = time.GetUtcNow();
        var present = Present();
        lock (_gate)
        {
            foreach (var name in _known.Keys.Except(present.Keys, StringComparer.Ordinal).ToList())
            {
                var known = _known[name];
                _known[name] = known with { Ready = false, LeftAt = known.LeftAt ?? now };
                if (now - _known[name].LeftAt > Remembered)
                {
                    _known.Remove(name);
                }
            }

            foreach (var (name, endpoint) in present)
            {
                _known[name] = endpoint;
            }

            return [.. _known.Values];
        }
    }

    /// <summary>Those that can be scraped.</summary>
    public IReadOnlyList<GatewayTarget> List() =>
        [.. All().Where(gateway => gateway.LeftAt is null).Select(gateway => new GatewayTarget(gateway.Name, gateway.Telemetry, gateway.Ready))];

    private SortedDictionary<string, GatewayEndpoint> Present()
    {
        var present = new SortedDictionary<string, GatewayEndpoint>(StringComparer.Ordinal);
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
                present[name] = new GatewayEndpoint(name, new UriBuilder(Uri.UriSchemeHttp, address, port).Uri, ready, null);
            }
        }

        return present;
    }
}
