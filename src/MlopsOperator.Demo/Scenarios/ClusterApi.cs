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

    private const string Rollouts = $"apis/{ApiGroup.GroupVersion}/namespaces/{Namespace}/modelrollouts";

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

    /// <summary>
    /// Every rollout that there is, then every version of every rollout as it is stored. Where the server ends the watch it is opened again behind the last
    /// version that was told; only where the server has forgotten that one are the rollouts listed anew.
    /// </summary>
    /// <exception cref="DemoFailure">The server refused to go on.</exception>
    public async IAsyncEnumerable<ModelRollout> WatchRolloutsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? version = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (version is null)
            {
                var list = await http.GetFromJsonAsync<JsonNode>(Relative(Rollouts), cancellationToken);
                foreach (var item in list!["items"]!.AsArray())
                {
                    yield return item.Deserialize<ModelRollout>(ApiJson.Options)!;
                }

                version = Version(list);
            }

            await using var stream = await http.GetStreamAsync(Relative($"{Rollouts}?watch=true&allowWatchBookmarks=true&resourceVersion={version}"), cancellationToken);
            using var reader = new StreamReader(stream);
            while (version is not null && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var change = JsonNode.Parse(line)!;
                var (type, content) = ((string?)change["type"], change["object"]!);
                version = type is "ERROR" ? Forgotten(content) : Version(content);
                if (type is "ADDED" or "MODIFIED")
                {
                    yield return content.Deserialize<ModelRollout>(ApiJson.Options)!;
                }
            }
        }
    }

    /// <summary>What the pods of a namespace that are in trouble report, a sentence a container.</summary>
    public async Task<IReadOnlyList<string>> TroubledPodsAsync(string @namespace, CancellationToken cancellationToken)
    {
        var list = await http.GetFromJsonAsync<JsonNode>(Relative($"api/v1/namespaces/{@namespace}/pods"), cancellationToken);
        return [.. list!["items"]!.AsArray().SelectMany(pod => PodTrouble.Of(pod!))];
    }

    /// <summary>Uids of the pods of a revision that are not on their way out.</summary>
    public async Task<IReadOnlySet<string>> PodsAsync(string revision, CancellationToken cancellationToken)
    {
        var selector = Uri.EscapeDataString($"{WellKnown.DeploymentLabel}={DemoNames.Deployment},{WellKnown.RevisionLabel}={revision}");
        var list = await http.GetFromJsonAsync<JsonNode>(Relative($"api/v1/namespaces/{Namespace}/pods?labelSelector={selector}"), cancellationToken);
        return list!["items"]!.AsArray()
            .Where(pod => pod!["metadata"]!["deletionTimestamp"] is null)
            .Select(pod => (string)pod!["metadata"]!["uid"]!)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>All pods of a namespace that are not on their way out.</summary>
    public async Task<IReadOnlyList<SeenPod>> PodsOfAsync(string @namespace, CancellationToken cancellationToken)
    {
        var list = await http.GetFromJsonAsync<JsonNode>(Relative($"api/v1/namespaces/{@namespace}/pods"), cancellationToken);
        return [.. list!["items"]!.AsArray().Where(pod => pod!["metadata"]!["deletionTimestamp"] is null).Select(pod => SeenPod.Of(pod!))];
    }

    /// <summary>Sets <c>spec.modelVersionRef</c> of the deployment, as <c>kubectl patch</c> would.</summary>
    public Task SetVersionAsync(string version, CancellationToken cancellationToken) =>
        PatchAsync(new { spec = new { modelVersionRef = new { name = version } } }, cancellationToken);

    /// <summary>Sets the deployment's <c>spec.strategyRef</c>.</summary>
    public Task SetStrategyAsync(string strategy, CancellationToken cancellationToken) =>
        PatchAsync(new { spec = new { strategyRef = new { name = strategy } } }, cancellationToken);

    /// <summary>Sets <c>spec.paused</c> of the deployment: rollouts stay where they are, or go on.</summary>
    public Task SetPausedAsync(bool paused, CancellationToken cancellationToken) => PatchAsync(new { spec = new { paused } }, cancellationToken);

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

    private async Task PatchAsync<T>(T patch, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(patch, new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await http.PatchAsync(Relative($"apis/{ApiGroup.GroupVersion}/namespaces/{Namespace}/modeldeployments/{DemoNames.Deployment}"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static bool IsReady(JsonElement endpoint) =>
        endpoint.TryGetProperty("conditions", out var conditions) && conditions.TryGetProperty("ready", out var ready) && ready.ValueKind == JsonValueKind.True;

    private static string? Version(JsonNode content) => (string?)content["metadata"]!["resourceVersion"];

    // Null: from the beginning.
    private static string? Forgotten(JsonNode status) => (int?)status["code"] is (int)HttpStatusCode.Gone
        ? null
        : throw new DemoFailure($"the API server ended the watch: {(string?)status["message"]}");

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
