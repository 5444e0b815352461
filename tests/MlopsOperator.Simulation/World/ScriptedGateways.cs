using System.Globalization;
using System.Text;
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
    private readonly Dictionary<string, double> _servedBy = new(StringComparer.Ordinal);
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
                foreach (var backend in current.Spec.Backends)
                {
                    var share = requests * backend.Weight / 10_000;
                    _servedBy[backend.Revision] = _servedBy.GetValueOrDefault(backend.Revision) + share;
                    _served[backend.ModelVersion] = _served.GetValueOrDefault(backend.ModelVersion) + share;
                    gateway.Serve(backend.Revision, share, ErrorShares.GetValueOrDefault(backend.ModelVersion));
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
                _gateways[address] = new Gateway(++_starts);
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
                _gateways[uri.Host] = gateway = new Gateway(0);
            }

            return Task.FromResult(new TelemetryAnswer(200, Encoding.UTF8.GetBytes(gateway.Report(uri.Host, route()))));
        }
    }

    private sealed class Gateway(int start)
    {
        private readonly SortedDictionary<string, (double Good, double Bad)> _counts = new(StringComparer.Ordinal);

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
