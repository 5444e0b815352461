using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>
/// Attaches, runs and detaches the finalizers of a kind, by JSON patches that test what they change: a write of the whole object would
/// conflict with each other writer and could erase fields that the types here do not know.
/// </summary>
internal sealed class EntityFinalizers<TEntity>(IEnumerable<FinalizerRegistration<TEntity>> registrations, IKubernetesApi api)
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private const string FieldManager = "finalizers";

    private readonly FinalizerRegistration<TEntity>[] _registrations = [.. registrations];

    public bool Any => _registrations.Length > 0;

    /// <summary>Whether an object has all of them.</summary>
    public bool AreOn(V1ObjectMeta metadata) => Array.TrueForAll(_registrations, registration => metadata.Finalizers?.Contains(registration.Id) is true);

    /// <summary>The object with all finalizers, or null where it is gone.</summary>
    public async Task<TEntity?> AttachAsync(TEntity entity, CancellationToken cancellationToken)
    {
        var known = entity.Metadata.Finalizers ?? [];
        var missing = _registrations.Select(registration => registration.Id).Except(known, StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return entity;
        }

        JsonArray patch = known.Count == 0
            ? [Operation("test", "/metadata/resourceVersion", entity.Metadata.ResourceVersion), Operation("add", "/metadata/finalizers", Names(missing))]
            : [Operation("test", "/metadata/finalizers", Names(known)), .. missing.Select(id => Operation("add", "/metadata/finalizers/-", id))];
        return await PatchAsync(entity, patch, [.. known, .. missing], cancellationToken);
    }

    /// <summary>Runs those of ours that an object which is being deleted still has, wherever they stand; the first failure, or null.</summary>
    public async Task<ReconciliationResult<TEntity>?> FinalizeAsync(TEntity entity, CancellationToken cancellationToken)
    {
        var current = entity;
        foreach (var (id, finalizer) in _registrations)
        {
            if (current.Metadata.Finalizers?.Contains(id) is not true)
            {
                continue;
            }

            var result = await finalizer.FinalizeAsync(current, cancellationToken);
            if (!result.IsSuccess)
            {
                return result;
            }

            var at = current.Metadata.Finalizers.IndexOf(id);
            var path = string.Create(CultureInfo.InvariantCulture, $"/metadata/finalizers/{at}");
            JsonArray patch = [Operation("test", path, id), Operation("remove", path)];
            if (await PatchAsync(current, patch, current.Metadata.Finalizers.Where((_, index) => index != at), cancellationToken) is not { } detached)
            {
                return null;
            }

            current = detached;
        }

        return null;
    }

    private async Task<TEntity?> PatchAsync(TEntity entity, JsonArray patch, IEnumerable<string> finalizers, CancellationToken cancellationToken)
    {
        var metadata = entity.Metadata;

        // One of the same name may be another object by now.
        patch.Insert(0, Operation("test", "/metadata/uid", metadata.Uid));
        try
        {
            return await api.JsonPatchAsync<TEntity>(metadata.NamespaceProperty, metadata.Name, patch, FieldManager, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
        catch (ApiException exception) when (exception.Reason is ApiException.Undecodable)
        {
            // It is written; what else is in the object does not fit its type, and finalizers do not need it.
            return WithFinalizers(entity, finalizers);
        }
        catch (ApiException exception) when (exception is { Code: 422, NamesCauses: false })
        {
            // A test that fails: someone else wrote first, so read and decide again.
            throw new ApiException(409, "Conflict", exception.Message);
        }
    }

    private static TEntity WithFinalizers(TEntity entity, IEnumerable<string> finalizers)
    {
        entity.Metadata.Finalizers = [.. finalizers];
        return entity;
    }

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static JsonObject Operation(string operation, string path) => new() { ["op"] = operation, ["path"] = path };

    private static JsonObject Operation(string operation, string path, JsonNode? value)
    {
        var result = Operation(operation, path);
        result["value"] = value;
        return result;
    }
}
