using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Creates and replaces objects: metadata, ownership, allocation, validation, storage. Callers hold the store's gate.</summary>
internal sealed class ObjectWriter(ObjectStore store, RandomValues random, TimeProvider time)
{
    private readonly AddressPool addresses = new();

    public string Now() => Times.Seconds(time.GetUtcNow());

    /// <summary>Stores a decoded object as a new one.</summary>
    /// <param name="context">Options of the request.</param>
    /// <param name="content">The object; becomes the stored one.</param>
    /// <param name="tracks">Whether its fields become the writer's; an applied object brings its managedFields.</param>
    public WriteResult Create(WriteContext context, JsonObject content, bool tracks = true)
    {
        var kind = context.Kind;
        var metadata = content.Metadata();
        NewMetadata.Fill(context, content, metadata, random, Now());
        var name = metadata.Text("name") ?? "";
        CheckNamespace(context, name);
        if (kind.Custom is { Terminating: true })
        {
            throw Statuses.Forbidden(kind, name, "create not allowed while custom resource definition is terminating");
        }

        DropStatus(kind, content);
        if (tracks)
        {
            Track(context, null, content);
        }

        Finish(kind, content, null);
        if (name.Length > 0 && store.Get(kind.Storage, context.Target.Namespace, name) is { } present)
        {
            throw Statuses.AlreadyExists(kind, name, present.Shared.Text("metadata", "deletionTimestamp") is not null);
        }

        Validate(context, content, null);
        return context.DryRun
            ? new WriteResult(content, Created: true, Changed: false)
            : new WriteResult(store.Put(kind.Storage, content).Copy(), Created: true, Changed: true);
    }

    /// <summary>Replaces the live object by <paramref name="content"/>, as far as the request may.</summary>
    public WriteResult Replace(WriteContext context, StoredObject live, JsonObject content, bool tracks = true)
    {
        var kind = context.Kind;
        var old = live.Copy();
        Identity.Check(context, live, content);
        content = Identity.Merge(context, old, content);
        if (tracks)
        {
            Track(context, old, content);
        }

        Finish(kind, content, old);
        if (kind.CountsGenerations && !SameSpec(old, content, kind) && !IsBinding(kind, old, content))
        {
            content.Metadata()["generation"] = (old.Number("metadata", "generation") ?? 0) + 1;
        }

        if (IsSame(old, content))
        {
            return new WriteResult(old, Created: false, Changed: false);
        }

        Validate(context, content, old);
        if (context.DryRun)
        {
            return new WriteResult(content, Created: false, Changed: false);
        }

        if (content.Text("metadata", "deletionTimestamp") is not null && content.List("metadata", "finalizers") is not { Count: > 0 } && MayGo(kind, content))
        {
            store.Delete(kind.Storage, live);
            content.Metadata()["resourceVersion"] = old.At("metadata", "resourceVersion")!.DeepClone();
            return new WriteResult(content, Created: false, Changed: true);
        }

        return new WriteResult(store.Put(kind.Storage, content).Copy(), Created: false, Changed: true);
    }

    /// <summary>To be bound to a node changes nothing that was asked for.</summary>
    private static bool IsBinding(ResourceKind kind, JsonObject old, JsonObject content) =>
        kind.Is("", "Pod") && string.IsNullOrEmpty(old.Text("spec", "nodeName")) && !string.IsNullOrEmpty(content.Text("spec", "nodeName"));

    /// <summary>Namespaces stay while spec.finalizers has entries, pods until their node has let go of them.</summary>
    private static bool MayGo(ResourceKind kind, JsonObject content) =>
        (!kind.Is("", "Namespace") || content.List("spec", "finalizers") is not { Count: > 0 })
        && (content.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0;

    private static void DropStatus(ResourceKind kind, JsonObject content)
    {
        if (kind.HasStatus)
        {
            content.Remove("status");
        }

        if (kind.Custom is not null && kind.HasStatus)
        {
            Defaulting.Apply(content, kind.Schema);
        }
    }

    private void Finish(ResourceKind kind, JsonObject content, JsonObject? old)
    {
        if (kind.Custom is null)
        {
            BuiltInRules.Prepare(kind, content, old, addresses, Now());
        }
    }

    private void Track(WriteContext context, JsonObject? old, JsonObject content)
    {
        var metadata = content.Metadata();
        var sent = metadata.List("managedFields");
        var before = old.List("metadata", "managedFields");
        metadata.Remove("managedFields");
        if (old is not null && !context.IsStatus && sent is { Count: 0 })
        {
            return;
        }

        var kept = old is null || context.IsStatus || sent is not { Count: > 0 } ? before : sent;
        var ownership = FieldOwnership.Of(Views.Owners(context.Kind, kept), context.Kind.Schema);
        if (old is null || !ownership.IsEmpty)
        {
            var plain = old?.Copy() ?? Skeletons.Of(context.Kind);
            plain.Metadata().Remove("managedFields");
            Record(ownership, Views.Named(context.Kind, plain), Views.Named(context.Kind, content), new ManagerEntry(context.Manager, ManagerEntry.Update, context.Kind.ApiVersion, context.Target.Subresource, Now(), new FieldSet()));
        }

        if (Views.StoredOwners(context.Kind, ownership.ToJson()) is { } json)
        {
            metadata["managedFields"] = json;
        }
    }

    private static void Record(FieldOwnership ownership, JsonObject old, JsonObject content, ManagerEntry writer)
    {
        try
        {
            ownership.Update(old, content, writer);
        }
        catch (TypedValueException)
        {
            // Lists without keys cannot be owned; validation will say what is wrong with them.
        }
    }

    private static void Validate(WriteContext context, JsonObject content, JsonObject? old)
    {
        var kind = context.Kind;
        var errors = new List<FieldError>();
        MetadataRules.Validate(kind, content, errors);
        if (old is not null)
        {
            Identity.ValidateFinalizers(context, content, old);
        }

        if (kind.Custom is null)
        {
            BuiltInRules.Validate(kind, content, old, errors);
        }
        else
        {
            errors.AddRange(CustomErrors(context, content, old));
        }

        if (errors.Count > 0)
        {
            // Both groups of Events are refused under the name of the core kind.
            throw Statuses.Invalid(kind.Kind is "Event" && kind.Custom is null ? "" : kind.Group, kind.Kind, content.Text("metadata", "name") ?? "", errors);
        }
    }

    private static IReadOnlyList<FieldError> CustomErrors(WriteContext context, JsonObject content, JsonObject? old)
    {
        if (!context.IsStatus)
        {
            return [.. SchemaValidator.Validate(content, old, context.Kind.Schema), .. NegativeReplicas(context.Kind, content)];
        }

        // The status subresource checks the status alone, under names without it.
        return context.Kind.Schema.Field("status") is { } schema && content["status"] is JsonObject status
            ? [.. SchemaValidator.Validate(status, old.Map("status"), schema).Select(e => e.Field is "<nil>" ? e : e with { Field = "status." + e.Field })]
            : [];
    }

    private static IEnumerable<FieldError> NegativeReplicas(ResourceKind kind, JsonObject content)
    {
        if (kind.Scale is { } scale && content.Number(scale.SpecReplicas.Split('.', StringSplitOptions.RemoveEmptyEntries)) is < 0 and var replicas)
        {
            yield return FieldError.Invalid(scale.SpecReplicas, replicas.ToString(System.Globalization.CultureInfo.InvariantCulture), "should be a non-negative integer");
        }
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

    private static bool SameSpec(JsonObject old, JsonObject content, ResourceKind kind)
    {
        var names = old.Select(p => p.Key).Concat(content.Select(p => p.Key)).Distinct(StringComparer.Ordinal)
            .Where(name => name is not ("metadata" or "apiVersion" or "kind") && !(kind.HasStatus && string.Equals(name, "status", StringComparison.Ordinal)));
        return names.All(name => JsonNode.DeepEquals(old[name], content[name]));
    }

    /// <summary>Whether nothing changes but the times of managedFields.</summary>
    private static bool IsSame(JsonObject old, JsonObject content)
    {
        if (JsonNode.DeepEquals(old, content))
        {
            return true;
        }

        return JsonNode.DeepEquals(WithoutTimes(old), WithoutTimes(content));

        static JsonObject WithoutTimes(JsonObject manifest)
        {
            var copy = manifest.Copy();
            foreach (var entry in copy.List("metadata", "managedFields")?.OfType<JsonObject>() ?? [])
            {
                entry.Remove("time");
            }

            return copy;
        }
    }
}
