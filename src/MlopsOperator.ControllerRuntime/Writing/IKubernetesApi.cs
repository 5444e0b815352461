using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>Reads and writes objects at the API server itself, past all caches. Answers other than success are <see cref="Transport.ApiException"/>.</summary>
public interface IKubernetesApi
{
    /// <summary>The object, or null where there is none.</summary>
    Task<T?> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>The metadata of an object, or null where there is none; also of one whose content does not fit <typeparamref name="T"/>.</summary>
    Task<V1ObjectMeta?> GetMetadataAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>All objects of a namespace (of all namespaces when null) that match a label selector, paged.</summary>
    Task<IReadOnlyList<T>> ListAsync<T>(string? @namespace, string? labelSelector, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Creates an object; 409 AlreadyExists if its name is taken.</summary>
    Task<T> CreateAsync<T>(T entity, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Replaces the status with the entity's, at the entity's resourceVersion; 409 if it has moved.</summary>
    Task<T> ReplaceStatusAsync<T>(T entity, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>
    /// Server-side apply, forced, of exactly the fields in <paramref name="content"/> (with apiVersion, kind, metadata.name and namespace):
    /// send every owned field each time, one left out is given up. <paramref name="dryRun"/> validates and stores nothing.
    /// </summary>
    Task<T> ApplyAsync<T>(JsonObject content, string fieldManager, bool dryRun, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>JSON merge patch (RFC 7386); null removes.</summary>
    Task<T> MergePatchAsync<T>(string? @namespace, string name, JsonObject patch, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>JSON patch (RFC 6902).</summary>
    Task<T> JsonPatchAsync<T>(string? @namespace, string name, JsonArray patch, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Deletes this very object: its uid is the precondition, and <see cref="ArgumentException"/> is thrown without one. Gone already is success. Dependents go in the background.</summary>
    Task DeleteAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;
}
