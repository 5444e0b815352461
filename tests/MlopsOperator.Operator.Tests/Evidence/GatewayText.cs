using System.Globalization;
using System.Text;
using MlopsOperator.Api.Routes;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence;

/// <summary>Writes what a gateway answers to a scrape of one route.</summary>
internal sealed class GatewayText(string startId = "start-1", string route = "shop/delays")
{
    private readonly StringBuilder _text = new($"{TelemetryNames.StartId}{{{TelemetryNames.IdLabel}=\"{startId}\"}} 1\n");

    public GatewayText Sequence(double sequence) => Row(TelemetryNames.RouteSequence, "", sequence);

    public GatewayText Requests(string revision, string code, double count) =>
        Row(TelemetryNames.Requests, $"{TelemetryNames.RevisionLabel}=\"{revision}\",{TelemetryNames.CodeLabel}=\"{code}\"", count);

    public GatewayText InFlight(string revision, double count) => Row(TelemetryNames.InFlight, $"{TelemetryNames.RevisionLabel}=\"{revision}\"", count);

    public GatewayText Lapse(double seconds) => Row(TelemetryNames.ExposureLapse, "", seconds);

    /// <summary>A whole histogram with all requests in one bucket.</summary>
    public GatewayText Durations(string revision, int bucket, double count)
    {
        for (var edge = 0; edge <= LatencyHistogram.EdgeCount; edge++)
        {
            AtOrBelow(revision, edge == LatencyHistogram.EdgeCount ? "+Inf" : Text(LatencyHistogram.Edges[edge]), edge >= bucket ? count : 0);
        }

        return this;
    }

    public GatewayText AtOrBelow(string revision, string edge, double count) =>
        Row(TelemetryNames.Duration + "_bucket", $"{TelemetryNames.RevisionLabel}=\"{revision}\",le=\"{edge}\"", count);

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private GatewayText Row(string name, string labels, double value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{name}{{{TelemetryNames.RouteLabel}=\"{route}\"{(labels.Length > 0 ? "," : "")}{labels}}} {Text(value)}\n");
        return this;
    }
}
