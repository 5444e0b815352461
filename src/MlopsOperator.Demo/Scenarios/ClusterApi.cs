using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What the demo reads and writes of the Kubernetes API; like any other client, by paths.</summary>
internal sealed class ClusterApi(HttpClient http)
{
    private const string Namespace = DemoNames.Namespace;

    private static readonly string[] StatusLists = ["initContainerStatuses", "containerStatuses"];

    /// <summary>A custom resource of the demo's namespace, or null.</summary>
    public async Task<T?> GetAsync<T>(string plural, string name, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(Relative($"apis/{ApiGroup.GroupVersion}/namespaces/{Namespace}/{plural}/{name}"), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken);
    }

    /// <summary>Every version of every rollout from now on, as it is stored; opened again where the server ends it.</summary>
    public async IAsyncEnumerable<ModelRollout> WatchRolloutsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = Relative($"apis/{ApiGroup.GroupVersion}/namespaces/{Namespace}/modelrollouts?watch=true");
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var stream = await http.GetStreamAsync(path, cancellationToken);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var change = JsonNode.Parse(line)!;
                if (change["type"]?.GetValue<string>() is "ADDED" or "MODIFIED" && change["object"].Deserialize<ModelRollout>(ApiJson.Options) is { } rollout)
                {
                    yield return rollout;
                }
            }
        }
    }

    /// <summary>What the pods of a namespace that are not ready report, in a line each.</summary>
    public async Task<IReadOnlyList<string>> TroubledPodsAsync(string @namespace, CancellationToken cancellationToken)
    {
        var list = await http.GetFromJsonAsync<JsonNode>(Relative($"api/v1/namespaces/{@namespace}/pods"), cancellationToken);
        return
        [
            .. list!["items"]!.AsArray()
                .SelectMany(pod => Statuses(pod!).Select(status => (Pod: (string?)pod!["metadata"]!["name"], Status: status)))
                .Where(entry => entry.Status["state"]?["running"] is null && entry.Status["state"]?["terminated"]?["exitCode"]?.GetValue<int>() is not 0)
                .Select(entry => $"{entry.Pod}/{entry.Status["name"]}: {(entry.Status["state"]?["waiting"] ?? entry.Status["state"]?["terminated"])?.ToJsonString()} {entry.Status["lastState"]?.ToJsonString()}"),
        ];
    }

    /// <summary>Sets <c>spec.modelVersionRef</c> of the deployment, as <c>kubectl patch</c> would.</summary>
    public async Task SetVersionAsync(string version, CancellationToken cancellationToken)
    {
        var patch = new { spec = new { modelVersionRef = new { name = version } } };
        using var content = JsonContent.Create(patch, new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await http.PatchAsync(Relative($"apis/{ApiGroup.GroupVersion}/namespaces/{Namespace}/modeldeployments/{DemoNames.Deployment}"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Addresses of the ready gateways.</summary>
    public async Task<IReadOnlyList<Uri>> GatewaysAsync(CancellationToken cancellationToken)
    {
        var path = $"apis/discovery.k8s.io/v1/namespaces/{DemoNames.SystemNamespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D{DemoNames.GatewayService}";
        using var list = await http.GetFromJsonAsync<JsonDocument>(Relative(path), cancellationToken);
        var addresses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var slice in list!.RootElement.GetProperty("items").EnumerateArray())
        {
            if (!slice.TryGetProperty("endpoints", out var endpoints) || endpoints.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var endpoint in endpoints.EnumerateArray().Where(IsReady))
            {
                addresses.UnionWith(endpoint.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()!));
            }
        }

        return [.. addresses.Select(address => new UriBuilder(Uri.UriSchemeHttp, address, DemoNames.GatewayPort).Uri)];
    }

    private static bool IsReady(JsonElement endpoint) =>
        endpoint.TryGetProperty("conditions", out var conditions) && conditions.TryGetProperty("ready", out var ready) && ready.ValueKind == JsonValueKind.True;

    private static IEnumerable<JsonNode> Statuses(JsonNode pod) => StatusLists
        .SelectMany(name => pod["status"]?[name] is JsonArray statuses ? statuses.OfType<JsonNode>() : []);

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
