using System.Text;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Tests;

/// <summary>Requests as tests write them.</summary>
internal static class ClusterCalls
{
    public static async Task<(int Status, JsonNode Body)> CallAsync(this EmbeddedCluster cluster, string method, string path, string? body = null, string? contentType = null)
    {
        var response = await cluster.SendAsync(method, path, body is null ? default : Encoding.UTF8.GetBytes(body), contentType, "test", TestContext.Current.CancellationToken);
        return (response.Status, JsonNode.Parse(response.Body.Span)!);
    }

    public static Task<(int Status, JsonNode Body)> ApplyAsAsync(this EmbeddedCluster cluster, string manager, string path, string body, bool force = false) =>
        cluster.CallAsync("PATCH", $"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", body, "application/apply-patch+yaml");

    public static Task<(int Status, JsonNode Body)> MergeAsync(this EmbeddedCluster cluster, string path, string body) =>
        cluster.CallAsync("PATCH", path, body, "application/merge-patch+json");

    public static async Task<JsonObject?> NextAsync(this ClusterWatch watch)
    {
        var line = await watch.ReadLineAsync(TestContext.Current.CancellationToken);
        return line is { } json ? JsonNode.Parse(json.Span)!.AsObject() : null;
    }
}
