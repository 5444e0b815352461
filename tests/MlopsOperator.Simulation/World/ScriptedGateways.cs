using System.Globalization;
using System.Text;
using System.Text.Json;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Values;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Simulation.World;

/// <summary>
/// Gateways that obey the routes of the cluster at once, split the traffic they are given exactly by weight, and honour exposure leases. Each address is one
/// gateway.
/// </summary>
internal sealed class ScriptedGateways(Func<GatewayRoute?> route, TimeProvider time) : ITelemetryClient
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, double> _served = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _servedBy = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Gateway> _gateways = new(StringComparer.Ordinal);

    private int _starts;

    /// <summary>Share of requests that a version fails, by ModelVersion.</summary>
    public Dictionary<string, double> ErrorShares { get; } = new(StringComparer.Ordinal);

    /// <summary>Gateways do not answer scrapes.</summary>
    public bool AreUnreachable { get; set; }

    /// <summary>Gateways serve a candidate that nobody judges: a bug of theirs.</summary>
    public bool IgnoreLeases { get; set; }

    /// <summary>What a scrape's body becomes on its way.</summary>
    public Func<string, string> Scraping { get; set; } = body => body;

    /// <summary>Hears of what each gateway gives a candidate.</summary>
    public Action<GatewayStep>? Exposing { get; set; }

    /// <summary>Lets each gateway answer this many requests now.</summary>
    public void Serve(double requests)
    {
        lock (_gate)
        {
            if (route() is not { } current)
            {
                return;
            }

            foreach (var (address, gateway) in _gateways)
            {
                var lapsed = !IgnoreLeases && gateway.Lapse(current) is not null;
                foreach (var backend in current.Spec.Backends)
                {
                    var weight = !lapsed ? backend.Weight : backend.Role is BackendRole.Stable ? 10_000 : 0;
                    var share = requests * weight / 10_000;
                    _servedBy[backend.Revision] = _servedBy.GetValueOrDefault(backend.Revision) + share;
                    _served[backend.ModelVersion] = _served.GetValueOrDefault(backend.ModelVersion) + share;
                    gateway.Serve(backend.Revision, share, ErrorShares.GetValueOrDefault(backend.ModelVersion));
                    if (backend.Role is BackendRole.Candidate && share > 0)
                    {
                        Exposing?.Invoke(new GatewayStep(address, current, share));
                    }
                }
            }
        }
    }

    /// <summary>One of the gateways starts anew: its counters are gone. False where there is none yet.</summary>
    public bool Restart(int which)
    {
        lock (_gate)
        {
            if (_gateways.Count > 0)
            {
                var address = _gateways.Keys.ElementAt(which % _gateways.Count);
                _gateways[address] = new Gateway(++_starts, time);
            }

            return _gateways.Count > 0;
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

    /// <summary>Requests that all gateways have given a revision.</summary>
    public double ServedBy(string revision)
    {
        lock (_gate)
        {
            return _servedBy.GetValueOrDefault(revision);
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
                _gateways[uri.Host] = gateway = new Gateway(0, time);
            }

            var current = route();
            var answer = gateway.Report(uri.Host, current);
            gateway.Name(Scraping(Encoding.UTF8.GetString(body.Span)), current);
            return Task.FromResult(new TelemetryAnswer(200, Encoding.UTF8.GetBytes(answer)));
        }
    }

    private sealed class Gateway(int start, TimeProvider time)
    {
        private readonly SortedDictionary<string, (double Good, double Bad)> _counts = new(StringComparer.Ordinal);

        private string? _uid;
        private long? _floor;
        private long _renewedAt = time.GetTimestamp();

        /// <summary>For how long the candidate has had nothing, as nobody judges it; null while it is judged or not leased.</summary>
        public TimeSpan? Lapse(GatewayRoute route)
        {
            if (!GoDuration.TryParse(route.Spec.Lease, out var lease))
            {
                return null;
            }

            Know(route);
            var elapsed = time.GetElapsedTime(_renewedAt);
            return _floor is null ? elapsed : elapsed >= lease.Value ? elapsed - lease.Value : route.Spec.Sequence < _floor ? TimeSpan.Zero : null;
        }

        public void Name(string body, GatewayRoute? route)
        {
            using var document = JsonDocument.Parse(body);
            if (route is not null
                && document.RootElement.TryGetProperty("floors", out var floors)
                && floors.TryGetProperty($"{route.Metadata.NamespaceProperty}/{route.Metadata.Name}", out var named)
                && named.GetInt64() >= Floor(route))
            {
                (_floor, _renewedAt) = (named.GetInt64(), time.GetTimestamp());
            }
        }

        private long Floor(GatewayRoute route)
        {
            Know(route);
            return _floor ?? 0;
        }

        /// <summary>What was named for a route of the same name that is gone says nothing about this one.</summary>
        private void Know(GatewayRoute route)
        {
            if (!string.Equals(_uid, route.Metadata.Uid, StringComparison.Ordinal))
            {
                (_uid, _floor, _renewedAt) = (route.Metadata.Uid, null, time.GetTimestamp());
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
            Line(text, $"{TelemetryNames.ExposureLapse}{{route=\"{key}\"}}", Lapse(route)?.TotalSeconds ?? 0);
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
