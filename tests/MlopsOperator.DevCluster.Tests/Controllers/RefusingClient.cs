using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests.Controllers;

/// <summary>A client whose creates of one resource are refused as long as a test says so.</summary>
internal sealed class RefusingClient(IClusterClient inner, ResourceId refused) : IClusterClient
{
    public bool Refuses { get; set; } = true;

    public Task<JsonObject?> GetAsync(ResourceId resource, string? @namespace, string name, CancellationToken cancellationToken) =>
        inner.GetAsync(resource, @namespace, name, cancellationToken);

    public Task<IReadOnlyList<JsonObject>> ListAsync(ResourceId resource, string? @namespace, string? labelSelector, CancellationToken cancellationToken) =>
        inner.ListAsync(resource, @namespace, labelSelector, cancellationToken);

    public Task<JsonObject> CreateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) =>
        Refuses && resource == refused
            ? Task.FromException<JsonObject>(new ClusterApiException(403, "Forbidden", "exceeded quota"))
            : inner.CreateAsync(resource, content, cancellationToken);

    public Task<JsonObject> UpdateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) => inner.UpdateAsync(resource, content, cancellationToken);

    public Task<JsonObject> UpdateStatusAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken) => inner.UpdateStatusAsync(resource, content, cancellationToken);

    public Task<JsonObject> FinalizeAsync(JsonObject @namespace, CancellationToken cancellationToken) => inner.FinalizeAsync(@namespace, cancellationToken);

    public Task<JsonObject> MergePatchAsync(ResourceId resource, string? @namespace, string name, JsonObject patch, CancellationToken cancellationToken) =>
        inner.MergePatchAsync(resource, @namespace, name, patch, cancellationToken);

    public Task DeleteAsync(ResourceId resource, string? @namespace, string name, string? uid, int? gracePeriodSeconds, string? propagation, CancellationToken cancellationToken) =>
        inner.DeleteAsync(resource, @namespace, name, uid, gracePeriodSeconds, propagation, cancellationToken);

    public IAsyncEnumerable<ClusterChange> WatchAsync(ResourceId resource, CancellationToken cancellationToken) => inner.WatchAsync(resource, cancellationToken);
}
