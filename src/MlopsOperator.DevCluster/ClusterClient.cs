using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>The pipeline as controllers and node use it.</summary>
/// <param name="pipeline">The API server.</param>
/// <param name="manager">Field manager of its writes.</param>
internal sealed class ClusterClient(ApiPipeline pipeline, string manager) : IClusterClient
{
    private const string MergePatchType = "application/merge-patch+json";

    public async Task<JsonObject?> GetAsync(ResourceId resource, string? @namespace, string name, CancellationToken cancellationToken)
    {
        var response = await SendAsync("GET", Path(resource, @namespace, name), null, cancellationToken);
        return response.Status == 404 ? null : Read(response);
    }

    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceId resource, string? @namespace, string? labelSelector, CancellationToken cancellationToken)
    {
        var query = labelSelector is null ? "" : $"?labelSelector={Uri.EscapeDataString(labelSelector)}";
        var list = Read(await SendAsync("GET", Path(resource, @namespace, null) + query, null, cancellationToken));
        return [.. Items(resource, list)];
    }

    public async Task<JsonObject> CreateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) =>
        Read(await SendAsync("POST", Path(resource, content.Text("metadata", "namespace"), null), content, cancellationToken));

    public async Task<JsonObject> UpdateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) =>
        Read(await SendAsync("PUT", PathOf(resource, content), content, cancellationToken));

    public async Task<JsonObject> UpdateStatusAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) =>
        Read(await SendAsync("PUT", PathOf(resource, content) + "/status", content, cancellationToken));

    public async Task<JsonObject> FinalizeAsync(JsonObject @namespace, CancellationToken cancellationToken) =>
        Read(await SendAsync("PUT", PathOf(ResourceId.Namespaces, @namespace) + "/finalize", @namespace, cancellationToken));

    public async Task<JsonObject> MergePatchAsync(ResourceId resource, string? @namespace, string name, JsonObject patch, CancellationToken cancellationToken) =>
        Read(await SendAsync("PATCH", Path(resource, @namespace, name), patch, cancellationToken, MergePatchType));

    public async Task DeleteAsync(ResourceId resource, string? @namespace, string name, string? uid, int? gracePeriodSeconds, string? propagation, CancellationToken cancellationToken)
    {
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1" };
        if (uid is not null)
        {
            options["preconditions"] = new JsonObject { ["uid"] = uid };
        }

        if (gracePeriodSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }

        if (propagation is not null)
        {
            options["propagationPolicy"] = propagation;
        }

        Read(await SendAsync("DELETE", Path(resource, @namespace, name), options, cancellationToken));
    }

    public async IAsyncEnumerable<ClusterChange> WatchAsync(ResourceId resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        string? version = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (version is null)
            {
                var list = Read(await SendAsync("GET", Path(resource, null, null), null, cancellationToken));
                version = list.Text("metadata", "resourceVersion");
                foreach (var change in Difference(known, Items(resource, list).ToDictionary(Key, StringComparer.Ordinal)))
                {
                    yield return change;
                }
            }

            var response = await SendAsync("GET", $"{Path(resource, null, null)}?watch=true&allowWatchBookmarks=true&resourceVersion={version}", null, cancellationToken);
            if (response.Watch is null)
            {
                Read(response);
            }

            await using var watch = response.Watch!;
            while (await watch.ReadLineAsync(cancellationToken) is { } line)
            {
                var frame = JsonBytes.Reread(line);
                var content = (JsonObject)frame["object"]!;
                var type = frame.Text("type")!;
                if (string.Equals(type, "ERROR", StringComparison.Ordinal))
                {
                    version = null;
                    break;
                }

                version = content.Text("metadata", "resourceVersion");
                if (string.Equals(type, "BOOKMARK", StringComparison.Ordinal))
                {
                    continue;
                }

                Remember(known, type, content);
                yield return new ClusterChange(type, content);
            }
        }
    }

    private static void Remember(Dictionary<string, JsonObject> known, string type, JsonObject content)
    {
        if (string.Equals(type, StoreEvent.Deleted, StringComparison.Ordinal))
        {
            known.Remove(Key(content));
        }
        else
        {
            known[Key(content)] = content.Copy();
        }
    }

    /// <summary>What a list tells one who knew <paramref name="known"/>; brings it up to date.</summary>
    private static List<ClusterChange> Difference(Dictionary<string, JsonObject> known, Dictionary<string, JsonObject> now)
    {
        var changes = new List<ClusterChange>();
        foreach (var (key, old) in known.ToList())
        {
            if (!now.TryGetValue(key, out var present) || !string.Equals(present.Text("metadata", "uid"), old.Text("metadata", "uid"), StringComparison.Ordinal))
            {
                known.Remove(key);
                changes.Add(new ClusterChange(StoreEvent.Deleted, old));
            }
        }

        foreach (var (key, present) in now)
        {
            var isKnown = known.TryGetValue(key, out var old);
            known[key] = present.Copy();
            if (!isKnown)
            {
                changes.Add(new ClusterChange(StoreEvent.Added, present));
            }
            else if (!string.Equals(old!.Text("metadata", "resourceVersion"), present.Text("metadata", "resourceVersion"), StringComparison.Ordinal))
            {
                changes.Add(new ClusterChange(StoreEvent.Modified, present));
            }
        }

        return changes;
    }

    private static string Key(JsonObject content) => ObjectStore.Key(content.Text("metadata", "namespace"), content.Text("metadata", "name") ?? "");

    private static IEnumerable<JsonObject> Items(ResourceId resource, JsonObject list)
    {
        var items = list.List("items")!.OfType<JsonObject>().ToList();
        list.Remove("items");
        foreach (var item in items)
        {
            var own = item.Copy();
            own.Default("apiVersion", resource.ApiVersion);
            own.Default("kind", resource.Kind);
            yield return own;
        }
    }

    private static string PathOf(ResourceId resource, JsonObject content) =>
        Path(resource, content.Text("metadata", "namespace"), content.Text("metadata", "name") ?? "");

    private static string Path(ResourceId resource, string? @namespace, string? name)
    {
        var root = resource.Group.Length == 0 ? $"/api/{resource.Version}" : $"/apis/{resource.Group}/{resource.Version}";
        var inNamespace = resource.Namespaced && !string.IsNullOrEmpty(@namespace) ? $"/namespaces/{@namespace}" : "";
        return $"{root}{inNamespace}/{resource.Plural}{(name is null ? "" : "/" + name)}";
    }

    private static JsonObject Read(ApiResponse response)
    {
        if (!response.ContentType.StartsWith("application/json", StringComparison.Ordinal))
        {
            // A path of a group that is not served is answered in plain text.
            throw new ClusterApiException(response.Status, "", System.Text.Encoding.UTF8.GetString(response.Body.Span).Trim());
        }

        var body = JsonBytes.Reread(response.Body);
        return response.Status < 400 ? body
            : throw new ClusterApiException(response.Status, body.Text("reason") ?? "", body.Text("message") ?? "");
    }

    private Task<ApiResponse> SendAsync(string method, string path, JsonObject? body, CancellationToken cancellationToken, string contentType = "application/json")
    {
        cancellationToken.ThrowIfCancellationRequested();
        return pipeline.HandleAsync(
            new ApiRequest(method, path) { Body = body is null ? default : JsonBytes.Write(body), ContentType = contentType, UserAgent = manager },
            cancellationToken);
    }
}
