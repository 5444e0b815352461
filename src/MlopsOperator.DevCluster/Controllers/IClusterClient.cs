using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>
/// What the embedded controllers and the node use of the API: the same pipeline that any other client uses, without HTTP in between.
/// Answers other than success are <see cref="ClusterApiException"/>. Objects that are handed out are private copies.
/// </summary>
internal interface IClusterClient
{
    /// <summary>The object, or null.</summary>
    Task<JsonObject?> GetAsync(ResourceId resource, string? @namespace, string name, CancellationToken cancellationToken);

    /// <summary>All objects of a namespace, or of all.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(ResourceId resource, string? @namespace, string? labelSelector, CancellationToken cancellationToken);

    /// <summary>Creates an object in the namespace of its metadata.</summary>
    Task<JsonObject> CreateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken);

    /// <summary>Replaces an object (PUT).</summary>
    Task<JsonObject> UpdateAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken);

    /// <summary>Replaces an object's status (PUT …/status).</summary>
    Task<JsonObject> UpdateStatusAsync(ResourceId resource, JsonObject content, CancellationToken cancellationToken);

    /// <summary>Replaces the finalizers of a namespace's spec (PUT …/finalize), which nothing else changes.</summary>
    Task<JsonObject> FinalizeAsync(JsonObject @namespace, CancellationToken cancellationToken);

    /// <summary>JSON merge patch.</summary>
    Task<JsonObject> MergePatchAsync(ResourceId resource, string? @namespace, string name, JsonObject patch, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes an object; <paramref name="uid"/> is a precondition where given, <paramref name="gracePeriodSeconds"/> 0 removes a pod at once,
    /// <paramref name="propagation"/> says what becomes of its dependents (null: what the kind does by itself, and Jobs leave their pods).
    /// </summary>
    Task DeleteAsync(ResourceId resource, string? @namespace, string name, string? uid, int? gracePeriodSeconds, string? propagation, CancellationToken cancellationToken);

    /// <summary>All objects as ADDED, then every change, until cancelled. Survives 410 by listing again (the consumer sees deletes for what vanished).</summary>
    IAsyncEnumerable<ClusterChange> WatchAsync(ResourceId resource, CancellationToken cancellationToken);
}
