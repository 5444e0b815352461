using System.Text;
using MlopsOperator.Api.Routes;
using MlopsOperator.Operator.Evidence.Parsing;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>From a gateway's answer to samples of the routes that were asked for; other series are passed over.</summary>
internal sealed class TelemetryReader
{
    private static readonly byte[] RequestsName = Encoding.UTF8.GetBytes(TelemetryNames.Requests);
    private static readonly byte[] BucketName = Encoding.UTF8.GetBytes(TelemetryNames.Duration + "_bucket");
    private static readonly byte[] InFlightName = Encoding.UTF8.GetBytes(TelemetryNames.InFlight);
    private static readonly byte[] SequenceName = Encoding.UTF8.GetBytes(TelemetryNames.RouteSequence);
    private static readonly byte[] LapseName = Encoding.UTF8.GetBytes(TelemetryNames.ExposureLapse);
    private static readonly byte[] StartName = Encoding.UTF8.GetBytes(TelemetryNames.StartId);
    private static readonly byte[] RouteLabel = Encoding.UTF8.GetBytes(TelemetryNames.RouteLabel);
    private static readonly byte[] RevisionLabel = Encoding.UTF8.GetBytes(TelemetryNames.RevisionLabel);
    private static readonly byte[] CodeLabel = Encoding.UTF8.GetBytes(TelemetryNames.CodeLabel);
    private static readonly byte[] IdLabel = Encoding.UTF8.GetBytes(TelemetryNames.IdLabel);

    private readonly Dictionary<string, RouteSampleBuilder> _routes;
    private readonly RepeatedText _routeText = new();
    private readonly RepeatedText _revisionText = new();
    private readonly RepeatedText _codeText = new();
    private string? _startId;

    private TelemetryReader(IEnumerable<string> routes) => _routes = routes.ToDictionary(route => route, _ => new RouteSampleBuilder(), StringComparer.Ordinal);

    /// <summary>Number of rows read.</summary>
    public int Rows { get; private set; }

    /// <summary>One sample a route.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="routes">The routes that were asked for.</param>
    /// <param name="began">When the scrape began.</param>
    /// <param name="ended">When it ended.</param>
    /// <exception cref="PrometheusFormatException">The answer is not of the format, too large, or does not say which process it is from.</exception>
    public static (IReadOnlyDictionary<string, RouteSample> Samples, int Rows) Read(
        ReadOnlySpan<byte> text, IEnumerable<string> routes, DateTimeOffset began, DateTimeOffset ended)
    {
        var reader = new TelemetryReader(routes);
        reader.ReadRows(text);
        var startId = reader._startId ?? throw new PrometheusFormatException($"{TelemetryNames.StartId} is missing: counters cannot be told from those of another start");
        return (reader._routes.ToDictionary(route => route.Key, route => route.Value.Build(startId, began, ended), StringComparer.Ordinal), reader.Rows);
    }

    private void ReadRows(ReadOnlySpan<byte> text)
    {
        var rows = new PrometheusTextParser(text);
        while (rows.MoveNext())
        {
            Rows++;
            var name = rows.Name;
            if (name.SequenceEqual(BucketName))
            {
                if (PrometheusNumber.TryParse(rows.Label("le"u8), out var edge))
                {
                    RouteOf(rows)?.AtOrBelow(_revisionText.Of(rows.Label(RevisionLabel)), edge, rows.Value);
                }
            }
            else if (name.SequenceEqual(RequestsName))
            {
                RouteOf(rows)?.Requests(_revisionText.Of(rows.Label(RevisionLabel)), _codeText.Of(rows.Label(CodeLabel)), rows.Value);
            }
            else if (name.SequenceEqual(InFlightName))
            {
                RouteOf(rows)?.InFlight(_revisionText.Of(rows.Label(RevisionLabel)), rows.Value);
            }
            else if (name.SequenceEqual(SequenceName))
            {
                RouteOf(rows)?.Sequence(rows.Value);
            }
            else if (name.SequenceEqual(LapseName))
            {
                RouteOf(rows)?.Lapse(rows.Value);
            }
            else if (name.SequenceEqual(StartName))
            {
                _startId = PrometheusTextParser.Unescape(rows.Label(IdLabel));
            }
        }
    }

    private RouteSampleBuilder? RouteOf(scoped in PrometheusTextParser row) => _routes.GetValueOrDefault(_routeText.Of(row.Label(RouteLabel)));

    /// <summary>The text of a label, kept while the bytes stay the same from row to row.</summary>
    private sealed class RepeatedText
    {
        private byte[] _bytes = [];
        private string _text = "";

        public string Of(ReadOnlySpan<byte> raw)
        {
            if (!raw.SequenceEqual(_bytes))
            {
                (_bytes, _text) = (raw.ToArray(), PrometheusTextParser.Unescape(raw));
            }

            return _text;
        }
    }
}
