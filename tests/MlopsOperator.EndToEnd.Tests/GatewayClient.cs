using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>A client of one gateway that wants to know who answers.</summary>
internal sealed class GatewayClient(Uri gateway, IReadOnlyList<FlightRow> rows) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Versions that answer requests of many units; every answer must be one.</summary>
    public async Task<IReadOnlySet<string>> VersionsAsync(CancellationToken cancellationToken)
    {
        var versions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows.DistinctBy(row => row.Route, StringComparer.Ordinal).Take(60))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/v2/models/delays/infer"));
            request.Headers.Host = DemoNames.Host;
            request.Headers.TryAddWithoutValidation("x-route-key", row.Route);
            request.Content = new ByteArrayContent(row.Body);
            request.Content.Headers.ContentType = new("application/json");
            using var answer = await _http.SendAsync(request, cancellationToken);
            var version = answer.Headers.GetValues("x-mlops-version").Single();
            versions.Add(version);
            if (!string.Equals(version, DemoNames.BadVersion, StringComparison.Ordinal))
            {
                ((int)answer.StatusCode).Should().Be(200);
            }
        }

        return versions;
    }

    public void Dispose() => _http.Dispose();
}
