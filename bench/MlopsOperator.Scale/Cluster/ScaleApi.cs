using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Scale.Cluster;

/// <summary>The API server as the measurement uses it: paths and JSON.</summary>
internal sealed class ScaleApi(HttpTransport transport)
{
    private const string MergePatch = "application/merge-patch+json";
    private const string ApplyPatch = "application/apply-patch+yaml";

    public HttpTransport Transport => transport;

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync("GET", path, "", null, cancellationToken);

    public Task<JsonNode> CreateAsync(string path, string json, CancellationToken cancellationToken) => SendAsync("POST", path, json, "application/json", cancellationToken);

    public Task<JsonNode> MergeAsync(string path, string json, CancellationToken cancellationToken) => SendAsync("PATCH", path, json, MergePatch, cancellationToken);

    public Task<JsonNode> DeleteNowAsync(string path, CancellationToken cancellationToken) => SendAsync("DELETE", $"{path}?gracePeriodSeconds=0", "", null, cancellationToken);

    /// <summary>Server-side apply of one manifest in YAML or JSON.</summary>
    public Task<JsonNode> ApplyAsync(string path, string manifest, CancellationToken cancellationToken) =>
        SendAsync("PATCH", $"{path}?fieldManager=scale&force=true", manifest, ApplyPatch, cancellationToken);

    private async Task<JsonNode> SendAsync(string method, string path, string body, string? contentType, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await transport.SendAsync(new TransportRequest(method, path, Encoding.UTF8.GetBytes(body), contentType), cancellationToken);
            switch (answer.Status)
            {
                case < 300:
                    return JsonNode.Parse(answer.Body.Span)!;

                // "storage is (re)initializing": the definition is a moment old.
                case 429:
                    await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException(FormattableString.Invariant($"{method} {path}: expected success, found {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}"));
            }
        }
    }
}
