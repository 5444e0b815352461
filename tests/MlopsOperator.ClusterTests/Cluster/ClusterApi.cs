using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ClusterTests.Cluster;

/// <summary>Requests by path and JSON, over the product's own transport.</summary>
internal sealed class ClusterApi(IKubernetesTransport transport)
{
    public const string ApplyPatch = "application/apply-patch+yaml";

    public const string MergePatch = "application/merge-patch+json";

    private const string Manager = "cluster-tests";

    private readonly ConcurrentDictionary<(string Version, string Kind), (string Plural, bool Namespaced)> _kinds = new();

    /// <summary>Sends and reads JSON.</summary>
    public async Task<ApiAnswer> SendAsync(string method, string path, JsonNode? body = null, string? contentType = null)
    {
        ReadOnlyMemory<byte> bytes = body is null ? default : KubernetesSerializer.Serialize(body);
        var response = await transport.SendAsync(new TransportRequest(method, path, bytes, contentType), TestContext.Current.CancellationToken);
        return new ApiAnswer($"{method} {path}", response.Status, Encoding.UTF8.GetString(response.Body.Span));
    }

    /// <summary>Reads an object or list that must be there.</summary>
    public async Task<JsonObject> GetAsync(string path) => (await SendAsync("GET", path)).Successful();

    /// <summary>Applies every document of a YAML file, as <c>kubectl apply --server-side</c> does.</summary>
    public async Task ApplyFileAsync(string file)
    {
        foreach (var manifest in YamlJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
        {
            await ApplyAsync(manifest);
        }
    }

    /// <summary>Applies a manifest.</summary>
    public async Task<JsonObject> ApplyAsync(JsonObject manifest) =>
        (await SendAsync("PATCH", $"{await PathAsync(manifest)}?fieldManager={Manager}&force=true&fieldValidation=Strict", manifest, ApplyPatch)).Successful();

    /// <summary>The path of a manifest's object.</summary>
    public async Task<string> PathAsync(JsonObject manifest) => $"{await CollectionAsync(manifest)}/{manifest["metadata"]!["name"]}";

    /// <summary>The path of the collection that a manifest belongs to; the namespace is "default" where it names none.</summary>
    public async Task<string> CollectionAsync(JsonObject manifest)
    {
        var (version, kind) = ((string)manifest["apiVersion"]!, (string)manifest["kind"]!);
        var root = version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}";
        if (!_kinds.TryGetValue((version, kind), out var found))
        {
            var resources = (await GetAsync(root))["resources"]!.AsArray();
            var resource = resources.Single(one => string.Equals((string?)one!["kind"], kind, StringComparison.Ordinal) && !((string)one["name"]!).Contains('/', StringComparison.Ordinal));
            found = ((string)resource!["name"]!, (bool)resource["namespaced"]!);
            _kinds[(version, kind)] = found;
        }

        return found.Namespaced ? $"{root}/namespaces/{(string?)manifest["metadata"]!["namespace"] ?? "default"}/{found.Plural}" : $"{root}/{found.Plural}";
    }
}
