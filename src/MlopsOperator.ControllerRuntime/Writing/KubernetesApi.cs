using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>Reads and writes typed objects through a transport, and remembers own writes.</summary>
public sealed class KubernetesApi(IKubernetesTransport transport, OwnWrites ownWrites) : IKubernetesApi
{
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string MergePatch = "application/merge-patch+json";
    private const string JsonPatch = "application/json-patch+json";

    /// <inheritdoc/>
    public async Task<T?> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var (type, response, subject) = await ReadAsync<T>(@namespace, name, cancellationToken);
        return response.Status == 404 ? null : Read<T>(type, response, subject);
    }

    /// <inheritdoc/>
    public async Task<V1ObjectMeta?> GetMetadataAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var (_, response, subject) = await ReadAsync<T>(@namespace, name, cancellationToken);
        return response.Status == 404 ? null : Decode<ObjectMetadata>(response, subject).Metadata;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string? @namespace, string? labelSelector, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.For<T>();
        var pages = new ListPager(transport, type, @namespace, labelSelector);
        var list = await pages.ReadAllAsync(resourceVersion: string.Empty, cancellationToken);
        return [.. list.Items.OrderBy(item => item.Key).Select(item => item.Decode<T>(type))];
    }

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T entity, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.For<T>();
        var key = ObjectKey.Of(entity);
        var path = $"{type.CollectionPath(key.Namespace)}?fieldManager={Uri.EscapeDataString(fieldManager)}";
        var request = new TransportRequest("POST", path, KubernetesSerializer.Serialize(WithKind(entity, type)));
        return WriteAsync<T>(type, request, $"create {type.Kind} {key}", remember: true, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T> ReplaceStatusAsync<T>(T entity, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.For<T>();
        var key = ObjectKey.Of(entity);
        var path = $"{type.ObjectPath(key.Namespace, key.Name, "status")}?fieldManager={Uri.EscapeDataString(fieldManager)}";
        var request = new TransportRequest("PUT", path, KubernetesSerializer.Serialize(WithKind(entity, type)));
        return WriteAsync<T>(type, request, $"write the status of {type.Kind} {key}", remember: true, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T> ApplyAsync<T>(JsonObject content, string fieldManager, bool dryRun, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(content);
        var type = ResourceType.For<T>();
        var key = KeyOf(content, type);
        var path = $"{type.ObjectPath(key.Namespace, key.Name)}?fieldManager={Uri.EscapeDataString(fieldManager)}&force=true{(dryRun ? "&dryRun=All&fieldValidation=Strict" : string.Empty)}";
        var request = new TransportRequest("PATCH", path, KubernetesSerializer.Serialize(content), ApplyPatch);
        return WriteAsync<T>(type, request, $"apply {type.Kind} {key}", remember: !dryRun, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T> MergePatchAsync<T>(string? @namespace, string name, JsonObject patch, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        PatchAsync<T>(new ObjectKey(@namespace, name), patch, MergePatch, fieldManager, cancellationToken);

    /// <inheritdoc/>
    public Task<T> JsonPatchAsync<T>(string? @namespace, string name, JsonArray patch, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        PatchAsync<T>(new ObjectKey(@namespace, name), patch, JsonPatch, fieldManager, cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.For<T>();
        var key = ObjectKey.Of(entity);
        if (string.IsNullOrEmpty(entity.Metadata.Uid))
        {
            throw new ArgumentException($"delete {type.Kind} {key}: metadata.uid is missing; expected the object as it was read, since one of the same name may be another");
        }

        var options = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = "Background",
            ["preconditions"] = new JsonObject { ["uid"] = entity.Metadata.Uid },
        };
        var request = new TransportRequest("DELETE", type.ObjectPath(key.Namespace, key.Name), KubernetesSerializer.Serialize(options));
        var response = await transport.SendAsync(request, cancellationToken);
        if (response.Status is >= 300 and not 404)
        {
            throw StatusAnswer.ToException(response.Status, response.Body.Span, response.RetryAfter, $"delete {type.Kind} {key}");
        }
    }

    private Task<T> PatchAsync<T>(ObjectKey key, JsonNode patch, string contentType, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(patch);
        var type = ResourceType.For<T>();
        var path = $"{type.ObjectPath(key.Namespace, key.Name)}?fieldManager={Uri.EscapeDataString(fieldManager)}";
        var request = new TransportRequest("PATCH", path, KubernetesSerializer.Serialize(patch), contentType);
        return WriteAsync<T>(type, request, $"patch {type.Kind} {key}", remember: true, cancellationToken);
    }

    private async Task<T> WriteAsync<T>(ResourceType type, TransportRequest request, string subject, bool remember, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var response = await transport.SendAsync(request, cancellationToken);
        var written = Read<T>(type, response, subject);
        if (remember)
        {
            ownWrites.Record(type, ObjectKey.Of(written), written.Metadata?.ResourceVersion);
        }

        return written;
    }
    private async Task<(ResourceType Type, TransportResponse Response, string Subject)> ReadAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
    {
        var type = ResourceType.For<T>();
        var response = await transport.SendAsync(new TransportRequest("GET", type.ObjectPath(@namespace, name)), cancellationToken);
        return (type, response, $"get {type.Kind} {new ObjectKey(@namespace, name)}");
    }

    private static T Read<T>(ResourceType type, TransportResponse response, string subject)
        where T : class, IKubernetesObject<V1ObjectMeta> => WithKind(Decode<T>(response, subject), type);

    private static T Decode<T>(TransportResponse response, string subject)
        where T : class
    {
        if (response.Status >= 300)
        {
            throw StatusAnswer.ToException(response.Status, response.Body.Span, response.RetryAfter, subject);
        }

        try
        {
            return KubernetesSerializer.Deserialize<T>(response.Body.Span);
        }
        catch (JsonException exception)
        {
            // The exception names the path and the position, never the content.
            throw new ApiException(response.Status, ApiException.Undecodable, $"{subject}: the answer does not fit {typeof(T).Name} at {exception.Path ?? "the root"}");
        }
    }

    private static T WithKind<T>(T entity, ResourceType type)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        entity.ApiVersion = type.ApiVersion;
        entity.Kind = type.Kind;
        return entity;
    }

    private static ObjectKey KeyOf(JsonObject content, ResourceType type)
    {
        var metadata = content["metadata"] as JsonObject;
        var name = (string?)metadata?["name"];
        return string.IsNullOrEmpty(name)
            ? throw new ArgumentException($"apply {type.Kind}: metadata.name is missing in the content")
            : new ObjectKey((string?)metadata!["namespace"], name);
    }
}
