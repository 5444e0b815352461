using System.Text.Json;

namespace MlopsOperator.Demo.Traffic;

/// <summary>Only sends the demo's traffic, at gateways that run already; for a cluster where the product is installed.</summary>
internal sealed class TrafficSender(FileInfo data, Uri gateway, double requestsPerSecond, TimeProvider time)
{
    /// <summary>
    /// Sends until cancelled, then writes a line of JSON: requests and errors by version, and what no version that is named in
    /// <paramref name="excused"/> explains.
    /// </summary>
    public async Task RunAsync(TextWriter output, string excused, CancellationToken cancellationToken)
    {
        var rows = await FlightRows.ReadAsync(data.FullName, cancellationToken);
        var log = new TrafficLog(time);
        await using var replay = new Replay(rows, () => [gateway], Scenarios.DemoNames.Host, requestsPerSecond, log);
        await replay.RunAsync(time, cancellationToken);
        var counts = log.ByVersion().ToDictionary(entry => entry.Key, entry => new { entry.Value.Requests, entry.Value.Errors }, StringComparer.Ordinal);
        await output.WriteLineAsync(JsonSerializer.Serialize(new { Versions = counts, Unexpected = log.UnexpectedErrors(excused) }, JsonSerializerOptions.Web));
    }
}
