using System.Globalization;
using System.Text;
using System.Text.Json;
using MlopsOperator.Api.Routes;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Simulation.World;

/// <summary>
/// Gateways that obey the routes of the cluster at once, and split the traffic they are given exactly by weight. Each address is one gateway.
/// </summary>
internal sealed class ScriptedGateways(Func<GatewayRoute?> route) : ITelemetryClient
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, double> _served = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Gateway> _gateways = new(StringComparer.Ordinal);

    private int _starts;

    /// <summary>Share of requests that a version fails, by ModelVersion.</summary>
    public Dictionary<string, double> ErrorShares { get; } = new(StringComparer.Ordinal);

    /// <summary>Gateways do not answer scrapes.</summary>
    public bool AreUnreachable { get; set; }

    /// <summary>Lets each gateway answer this many requests now.</summary>
    public void Serve(double requests)
    {
        lock (_gate)
        {
            if (route() is not { } current)
            {
                return;
            }

            foreach (var gateway in _gateways.Values)
            {
                var lapsed = gateway.Lapsed(current);
                foreach (var backend in current.Spec.Backends)
                {
                    var weight = !lapsed ? backend.Weight : backend.Role is BackendRole.Stable ? 10_000 : 0;
                    var share = requests * weight / 10_000;
                    _served[backend.ModelVersion] = _served.GetValueOrDefault(backend.ModelVersion) + share;
                    gateway.Serve(backend.Revision, share, ErrorShares.GetValueOrDefault(backend.ModelVersion));
                }
            }
        }
    }

    /// <summary>One of the gateways starts anew: its counters are gone.</summary>
    public void Restart(int which)
    {
        lock (_gate)
        {
            if (_gateways.Count > 0)
            {
                var address = _gateways.Keys.ElementAt(which % _gateways.Count);
                _gateways[address] = new Gateway(++_starts);
            }
        }
    }

    /// <summary>Requests that all gateways have given a version.</summary>
    public double Served(string version)
    {
        lock (_gate)
        {
            return _served.GetValueOrDefault(version);
        }
    }

    public Task<TelemetryAnswer> PostAsync(Uri uri, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken)
    {
        if (AreUnreachable)
        {
            throw new HttpRequestException("connection refused");
        }

        lock (_gate)
        {
            if (!_gateways.TryGetValue(uri.Host, out var gateway))
            {
                _gateways[uri.Host] = gateway = new Gateway(0);
            }

            var current = route();
            var answer = gateway.Report(uri.Host, current);
            gateway.Name(body, current);
            return Task.FromResult(new TelemetryAnswer(200, Encoding.UTF8.GetBytes(answer)));
        }
    }

    private sealed class Gateway(int start)
    {
        private readonly SortedDictionary<string, (double Good, double Bad)> _counts = new(StringComparer.Ordinal);

        private long? _floor;

        /// <summary>Whether the candidate is leased and no scrape has named a floor that the route reaches. Leases do not end by time here.</summary>
        public bool Lapsed(GatewayRoute route) => route.Spec.Lease is not null && !(_floor <= route.Spec.Sequence);

        public void Name(ReadOnlyMemory<byte> body, GatewayRoute? route)
        {
            using var document = JsonDocument.Parse(body);
            if (route is not null
                && document.RootElement.TryGetProperty("floors", out var floors)
                && floors.TryGetProperty($"{route.Metadata.NamespaceProperty}/{route.Metadata.Name}", out var floor))
            {
                _floor = Math.Max(_floor ?? 0, floor.GetInt64());
            }
        }

        public void Serve(string revision, double requests, double errorShare)
        {
            var (good, bad) = _counts.GetValueOrDefault(revision);
            _counts[revision] = (good + (requests * (1 - errorShare)), bad + (requests * errorShare));
        }

        public string Report(string id, GatewayRoute? route)
        {
            var text = new StringBuilder();
            Line(text, $"{TelemetryNames.StartId}{{id=\"{id}{(start == 0 ? "" : FormattableString.Invariant($"-{start}"))}\"}}", 1);
            if (route is null)
            {
                return text.ToString();
            }

            var key = $"{route.Metadata.NamespaceProperty}/{route.Metadata.Name}";
            Line(text, $"{TelemetryNames.RouteSequence}{{route=\"{key}\"}}", route.Spec.Sequence);
            foreach (var revision in route.Spec.Backends.Select(backend => backend.Revision).Union(_counts.Keys, StringComparer.Ordinal))
            {
                var (good, bad) = _counts.GetValueOrDefault(revision);
                Line(text, $"{TelemetryNames.Requests}{{route=\"{key}\",revision=\"{revision}\",code=\"200\"}}", Math.Floor(good));
                Line(text, $"{TelemetryNames.Requests}{{route=\"{key}\",revision=\"{revision}\",code=\"500\"}}", Math.Floor(bad));
                Line(text, $"{TelemetryNames.InFlight}{{route=\"{key}\",revision=\"{revision}\"}}", 0);
            }

            return text.ToString();
        }

        private static void Line(StringBuilder text, string series, double value) => text.Append(series).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
