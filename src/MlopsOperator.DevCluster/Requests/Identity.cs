using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>What a write may not change: who the object is, and what belongs to the server or to another subresource.</summary>
internal static class Identity
{
    private static readonly string[] SystemMetadata = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "name", "namespace", "generateName"];

    /// <summary>Checks the preconditions that a body carries.</summary>
    public static void Check(WriteContext context, StoredObject live, JsonObject content)
    {
        var metadata = content.Metadata();
        if (metadata.Text("uid") is { Length: > 0 } uid && !string.Equals(uid, live.Uid, StringComparison.Ordinal))
        {
            throw Statuses.Conflict(context.Kind, live.Name, $"StorageError: invalid object, Code: 4, Key: /registry/{context.Kind.Plural}/{live.Key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid}");
        }

        var version = metadata.Text("resourceVersion");
        if (string.IsNullOrEmpty(version))
        {
            if (context.Kind.NeedsResourceVersion && context.IsPut)
            {
                throw Statuses.Invalid(context.Kind.Group, context.Kind.Plural, live.Name, [FieldError.Invalid("metadata.resourceVersion", "0", "must be specified for an update")]);
            }

            return;
        }

        if (!ulong.TryParse(version, out var revision))
        {
            throw Statuses.Internal($"strconv.ParseUint: parsing {FieldError.Quote(version)}: invalid syntax");
        }

        if (revision != 0 && revision != (ulong)live.Revision)
        {
            throw Statuses.Modified(context.Kind, live.Name);
        }
    }

    /// <summary>The object as it would be stored: the parts that this request may not change are the old ones.</summary>
    public static JsonObject Merge(WriteContext context, JsonObject old, JsonObject content)
    {
        if (context.IsStatus)
        {
            var status = content["status"];
            content.Remove("status");
            content = old.Copy();
            content.Remove("status");
            if (status is not null)
            {
                content["status"] = status;
            }

            if (context.AppliedOwnership is { } ownership)
            {
                content.Metadata()["managedFields"] = ownership.DeepClone();
            }

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

        if (context.Kind.Is("", "Namespace") && context.Target.Subresource is null && old["spec"] is { } spec)
        {
            // spec.finalizers of namespaces change through the subresource finalize alone.
            content["spec"] = spec.DeepClone();
        }

        return content;
    }

    /// <summary>Refuses new finalizers on an object that is being deleted.</summary>
    public static void ValidateFinalizers(WriteContext context, JsonObject content, JsonObject old)
    {
        if (old.Text("metadata", "deletionTimestamp") is null || context.IsStatus)
        {
            return;
        }

        var before = old.List("metadata", "finalizers")?.Select(f => f!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        var added = content.List("metadata", "finalizers")?.Select(f => f!.ToString()).Where(f => !before.Contains(f)).ToList() ?? [];
        if (added.Count > 0)
        {
            var error = FieldError.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(FieldError.Quote))}}}");
            throw Statuses.InvalidTwice(context.Kind, content.Text("metadata", "name") ?? "", error);
        }
    }
}
