using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Server-side apply.</summary>
internal sealed class ApplyHandler(ObjectStore store, ObjectWriter writer)
{
    public ApiResponse Apply(ApiRequest request, WriteContext context)
    {
        var (kind, target) = (context.Kind, context.Target);
        if (request.Option("fieldManager") is null)
        {
            throw Statuses.InvalidOption("PatchOptions", FieldError.Required("fieldManager", "is required for apply patch"));
        }

        var applied = ManifestReader.ReadYaml(request);
        var shown = $"{applied.Text("metadata", "namespace")}/{target.Name}";
        Check(context, applied);
        if (context.IsScale)
        {
            throw Statuses.NotImplemented("this embedded cluster does not apply to scale: patch it, or apply spec.replicas");
        }

        var live = store.Get(kind.Storage, target.Namespace, target.Name!);
        if (live is null && target.Subresource is not null)
        {
            throw Statuses.NotFound(kind, target.Name!);
        }

        CheckVersion(kind, live, applied);
        CheckUid(kind, live, applied);
        applied = Narrow(context, applied);
        var before = live is null ? null : Views.Named(kind, live.Copy());
        before?.Metadata().Remove("managedFields");
        var (content, ownership) = Merge(context, shown, live, before, applied, request.Flag("force"));
        content.Metadata().Remove("managedFields");
        if (Views.StoredOwners(kind, ownership.ToJson()) is { } managed)
        {
            content.Metadata()["managedFields"] = managed;
        }

        ObjectDecoder.Default(kind, content);
        content = Views.Stored(kind, content);
        var result = live is null ? writer.Create(context, WithoutVersion(content), tracks: false) : Replace(context, live, content);
        return ApiResponse.Json(result.Created ? 201 : 200, Views.Of(kind, result.Object), context.Warnings, result.Changed);
    }

    private WriteResult Replace(WriteContext context, StoredObject live, JsonObject content)
    {
        if (!context.IsStatus)
        {
            return writer.Replace(context, live, content, tracks: false);
        }

        // Status alone changes, but the ownership of it is metadata: both go into the live object.
        var managed = content.At("metadata", "managedFields")?.DeepClone();
        return writer.Replace(context with { AppliedOwnership = managed as JsonArray ?? [] }, live, content, tracks: false);
    }

    private (JsonObject Content, FieldOwnership Ownership) Merge(WriteContext context, string shown, StoredObject? live, JsonObject? before, JsonObject applied, bool force)
    {
        var kind = context.Kind;
        try
        {
            TypedValues.Check(applied, kind.Schema, "");
            var ownership = FieldOwnership.Of(Views.Owners(kind, live?.Shared.List("metadata", "managedFields")), kind.Schema);
            var entry = new ManagerEntry(context.Manager, ManagerEntry.Apply, kind.ApiVersion, context.Target.Subresource, writer.Now(), new FieldSet());
            var merged = ownership.Apply(before, applied, entry, force);
            return (merged ?? before!, ownership);
        }
        catch (TypedValueException wrong)
        {
            throw Statuses.Internal($"failed to create typed patch object ({shown}; {kind.Group}/{kind.Version}, Kind={kind.Kind}): {wrong.Message}");
        }
    }

    private static JsonObject WithoutVersion(JsonObject content)
    {
        content.Metadata().Remove("resourceVersion");
        return content;
    }

    private static void Check(WriteContext context, JsonObject applied)
    {
        var (kind, target) = (context.Kind, context.Target);
        if (!string.Equals(applied.Text("apiVersion"), kind.ApiVersion, StringComparison.Ordinal) || !string.Equals(applied.Text("kind"), kind.Kind, StringComparison.Ordinal))
        {
            var version = applied.Text("apiVersion") ?? "";
            throw Statuses.BadRequest($"invalid object type: {(version.Contains('/', StringComparison.Ordinal) ? version : "/" + version)}, Kind={applied.Text("kind")}");
        }

        var metadata = applied.Metadata();
        if (metadata["managedFields"] is not null)
        {
            throw Statuses.BadRequest("metadata.managedFields must be nil");
        }

        var name = metadata.Text("name");
        if (!string.IsNullOrEmpty(name) && !string.Equals(name, target.Name, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest($"the name of the object ({name}) does not match the name on the URL ({target.Name})");
        }

        var @namespace = metadata.Text("namespace");
        if (!string.IsNullOrEmpty(@namespace) && !string.Equals(@namespace, target.Namespace, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (string.IsNullOrEmpty(name) && metadata["generateName"] is not null)
        {
            throw Statuses.BadRequest($"the name of the object ({target.Name} based on URL) was undeterminable: name must be provided");
        }

        metadata["name"] = target.Name;
        if (target.Namespace is not null)
        {
            metadata["namespace"] = target.Namespace;
        }
    }

    private static void CheckVersion(ResourceKind kind, StoredObject? live, JsonObject applied)
    {
        var version = applied.Text("metadata", "resourceVersion");
        if (live is not null && !string.IsNullOrEmpty(version) && !string.Equals(version, live.Shared.Text("metadata", "resourceVersion"), StringComparison.Ordinal))
        {
            throw Statuses.Modified(kind, live.Name);
        }
    }

    private static void CheckUid(ResourceKind kind, StoredObject? live, JsonObject applied)
    {
        if (applied.Text("metadata", "uid") is { Length: > 0 } uid && !string.Equals(uid, live?.Uid, StringComparison.Ordinal))
        {
            throw Statuses.InvalidTwice(kind, applied.Text("metadata", "name") ?? "", FieldError.InvalidText("metadata.uid", uid, "field is immutable"));
        }
    }

    /// <summary>What the subresource may set: status alone, or everything but status.</summary>
    private static JsonObject Narrow(WriteContext context, JsonObject applied)
    {
        if (!context.Kind.HasStatus)
        {
            return applied;
        }

        if (!context.IsStatus)
        {
            applied.Remove("status");
            return applied;
        }

        var metadata = new JsonObject();
        foreach (var name in new[] { "name", "namespace", "uid", "resourceVersion" })
        {
            if (applied.At("metadata", name) is { } kept)
            {
                metadata[name] = kept.DeepClone();
            }
        }

        var narrow = new JsonObject { ["apiVersion"] = applied["apiVersion"]!.DeepClone(), ["kind"] = applied["kind"]!.DeepClone(), ["metadata"] = metadata };
        if (applied["status"] is { } status)
        {
            narrow["status"] = status.DeepClone();
        }

        return narrow;
    }
}
