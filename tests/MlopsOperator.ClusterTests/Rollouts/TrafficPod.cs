using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ClusterTests.Cluster;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ClusterTests.Rollouts;

/// <summary>A pod that sends the demo's traffic through the gateways' Service.</summary>
internal sealed class TrafficPod(ClusterApi api, HttpTransport transport) : IAsyncDisposable
{
    private const string Path = $"/api/v1/namespaces/{InstalledProduct.DemoNamespace}/pods/traffic";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts the pod and waits until it runs.</summary>
    public async Task StartAsync(int requestsPerSecond)
    {
        await api.ApplyAsync((JsonObject)JsonNode.Parse(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "traffic", "namespace": "{{InstalledProduct.DemoNamespace}}"},
              "spec": {
                "restartPolicy": "Never", "automountServiceAccountToken": false,
                "containers": [{
                  "name": "traffic", "image": "mlops-operator/traffic:dev",
                  "args": ["--send-to", "http://mlops-gateway.{{InstalledProduct.SystemNamespace}}.svc.cluster.local", "--rate", "{{requestsPerSecond}}"]
                }]
              }
            }
            """))!);
        await Waiting.UntilAsync(
            "running traffic pod", Patience, async () => (string?)(await api.GetAsync(Path))["status"]?["phase"] is "Running", async () => (await api.GetAsync(Path))["status"]!.ToJsonString());
    }

    /// <summary>Ends the sending; what clients saw, which the pod writes as its last line.</summary>
    public async Task<JsonObject> EndAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var log = await transport.WatchAsync(new TransportRequest("GET", $"{Path}/log?follow=true"), cancellation);
        await api.SendAsync("DELETE", Path);
        var lines = new List<string>();
        while (await log.ReadLineAsync(cancellation) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        // The runtime may add a line of its own, where the container is gone before its log was read to the end.
        return lines.LastOrDefault(line => line.StartsWith('{')) is { } last ? (JsonObject)JsonNode.Parse(last)! : throw new InvalidOperationException($"the traffic pod wrote no summary: {string.Join('\n', lines)}");
    }

    public async ValueTask DisposeAsync() => await api.SendAsync("DELETE", $"{Path}?gracePeriodSeconds=0");
}
