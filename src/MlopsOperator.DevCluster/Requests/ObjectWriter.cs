using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Creates and replaces objects: metadata, defaults, validation, ownership, storage. Callers hold the store's gate.</summary>
internal sealed class ObjectWriter(ObjectStore store, RandomValues random, TimeProvider time)
{
    private static readonly string[] SystemMetadata = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "name", "namespace", "generateName"];

    public string Now() => Times.Seconds(time.GetUtcNow());

    public WriteResult Create(WriteContext context, JsonObject content)
    {
        var kind = context.Kind;
        var metadata = content.Metadata();
        PrepareMetadata(context, content, metadata);
        var name = metadata.Text("name") ?? "";
        CheckNamespace(context, name);
        if (store.Get(kind.Storage, context.Target.Namespace, name) is { } present)
        {
            throw Statuses.AlreadyExists(kind, name, present.Shared.Text("metadata", "deletionTimestamp") is not null);
        }

        if (kind.CountsGenerations)
        {
            metadata["generation"] = 1;
        }

        if (kind.HasStatus && !kind.Is("", "Namespace"))
        {
            content.Remove("status");
        }

        return context.DryRun
            ? new WriteResult(content, Created: true, Changed: false)
            : new WriteResult(store.Put(kind.Storage, content).Copy(), Created: true, Changed: true);
    }

    /// <summary>Replaces the live object by <paramref name="content"/>, as far as the request may.</summary>
    public WriteResult Replace(WriteContext context, StoredObject live, JsonObject content)
    {
        var kind = context.Kind;
        var old = live.Copy();
        CheckIdentity(context, live, content);
        content = Merge(context, old, content);
        if (kind.CountsGenerations && !SameSpec(old, content, kind))
        {
            content.Metadata()["generation"] = (old.Number("metadata", "generation") ?? 0) + 1;
        }

        if (JsonNode.DeepEquals(old, content))
        {
            return new WriteResult(old, Created: false, Changed: false);
        }

        if (context.DryRun)
        {
            return new WriteResult(content, Created: false, Changed: false);
        }

        if (content.Text("metadata", "deletionTimestamp") is not null && content.List("metadata", "finalizers") is null or { Count: 0 })
        {
            store.Delete(kind.Storage, live);
            return new WriteResult(content, Created: false, Changed: true);
        }

        return new WriteResult(store.Put(kind.Storage, content).Copy(), Created: false, Changed: true);
    }

    private void PrepareMetadata(WriteContext context, JsonObject content, JsonObject metadata)
    {
        var kind = context.Kind;
        content.Default("apiVersion", kind.ApiVersion);
        content.Default("kind", kind.Kind);
        if (!metadata["resourceVersion"].IsEmptyText())
        {
            throw Statuses.Internal("resourceVersion should not be set on objects to be created");
        }

        foreach (var field in new[] { "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "resourceVersion" })
        {
            metadata.Remove(field);
        }

        if (kind.Namespaced)
        {
            metadata["namespace"] = context.Target.Namespace;
        }
        else
        {
            metadata.Remove("namespace");
        }

        if (metadata["name"].IsEmptyText() && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = (prefix.Length > 58 ? prefix[..58] : prefix) + random.Suffix();
        }

        metadata["uid"] = random.Uid();
        metadata["creationTimestamp"] = Now();
    }

    private void CheckNamespace(WriteContext context, string name)
    {
        if (context.Target.Namespace is not { } @namespace)
        {
            return;
        }

        var found = store.Get("namespaces", null, @namespace)
            ?? throw new StatusException(new ApiStatus(404, "NotFound", $"namespaces \"{@namespace}\" not found") { Name = @namespace, Kind = "namespaces" });
        if (found.Shared.Text("metadata", "deletionTimestamp") is not null)
        {
            throw Statuses.Forbidden(
                context.Kind,
                name,
                $"unable to create new content in namespace {@namespace} because it is being terminated",
                [new StatusCause("NamespaceTerminating", $"namespace {@namespace} is being terminated", "metadata.namespace")]);
        }
    }

    private static void CheckIdentity(WriteContext context, StoredObject live, JsonObject content)
    {
        var metadata = content.Metadata();
        if (metadata.Text("uid") is { Length: > 0 } uid && !string.Equals(uid, live.Uid, StringComparison.Ordinal))
        {
            throw Statuses.Conflict(context.Kind, live.Name, $"StorageError: invalid object, Code: 4, Key: /registry/{context.Kind.Plural}/{live.Key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid}");
        }

        var version = metadata.Text("resourceVersion");
        if (!string.IsNullOrEmpty(version))
        {
            if (!ulong.TryParse(version, out var revision))
            {
                throw Statuses.Internal($"strconv.ParseUint: parsing {FieldError.Quote(version)}: invalid syntax");
            }

            if (revision != 0 && revision != (ulong)live.Revision)
            {
                throw Statuses.Modified(context.Kind, live.Name);
            }
        }
    }

    private static JsonObject Merge(WriteContext context, JsonObject old, JsonObject content)
    {
        if (context.IsStatus)
        {
            var status = content["status"];
            content.Remove("status");
            content = old.Copy();
            content["status"] = status;
            return content;
        }

        content["apiVersion"] = old["apiVersion"]!.DeepClone();
        content["kind"] = old["kind"]!.DeepClone();
        var metadata = content.Metadata();
        metadata.Remove("selfLink");
        foreach (var field in SystemMetadata)
        {
            metadata.Remove(field);
            if (old.At("metadata", field) is { } kept)
            {
                metadata[field] = kept.DeepClone();
            }
        }

        if (context.Kind.HasStatus)
        {
            content.Remove("status");
            if (old["status"] is { } status)
            {
                content["status"] = status.DeepClone();
            }
        }

        return content;
    }

    private static bool SameSpec(JsonObject old, JsonObject content, ResourceKind kind)
    {
        var names = old.Select(p => p.Key).Concat(content.Select(p => p.Key)).Distinct(StringComparer.Ordinal)
            .Where(name => name is not ("metadata" or "apiVersion" or "kind") && !(kind.HasStatus && string.Equals(name, "status", StringComparison.Ordinal)));
        return names.All(name => JsonNode.DeepEquals(old[name], content[name]));
    }
}
