using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>DELETE of one object or a collection: preconditions, finalizers, grace. The garbage collector does the rest.</summary>
internal sealed class DeleteHandler(ObjectStore store, TimeProvider time)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";
    private const string PodsStay = "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning";

    public ApiResponse Delete(ApiRequest request, ResourceTarget target)
    {
        var options = DeleteOptions.Parse(request);
        var live = store.Get(target.Kind.Storage, target.Namespace, target.Name!) ?? throw Statuses.NotFound(target.Kind, target.Name!);
        options.Check(live);
        var (left, changed) = Delete(target.Kind, live, options);
        IReadOnlyList<string> warnings = LeavesPods(target.Kind, options) ? [PodsStay] : [];
        if (left is not null)
        {
            return ApiResponse.Json(200, Views.Of(target.Kind, left), warnings, changed);
        }

        var gone = new ApiStatus(200, null, "") { Name = live.Name, Group = target.Kind.Group, Kind = target.Kind.Plural, Uid = live.Uid };
        return ApiResponse.Json(200, gone.ToJson(), changed: changed);
    }

    public ApiResponse DeleteCollection(ApiRequest request, ResourceTarget target)
    {
        var options = DeleteOptions.Parse(request);
        var page = ListPage.Read(store, target, ListOptions.Parse(request, target.Kind) with { Limit = null });
        var changed = false;
        foreach (var stored in page.Items)
        {
            changed |= Delete(target.Kind, stored, options).Changed;
        }

        return ApiResponse.Json(200, page.ToJson(target.Kind, page.Items.Select(stored => Views.Of(target.Kind, stored.Copy()))), changed: changed);
    }

    /// <summary>Deletes all objects of a kind, as far as finalizers let it.</summary>
    public void DeleteAll(ResourceKind kind)
    {
        var options = new DeleteOptions(DryRun: false, null, null, null, null);
        foreach (var stored in store.List(kind.Storage, null).Objects)
        {
            Delete(kind, stored, options);
        }
    }

    /// <summary>Deletes at once (null), or marks the object and returns it as it is left.</summary>
    private (JsonObject? Left, bool Changed) Delete(ResourceKind kind, StoredObject live, DeleteOptions options)
    {
        var content = live.Copy();
        var metadata = content.Metadata();
        var finalizers = Finalizers(kind, metadata, options);
        if (kind.Kind is "CustomResourceDefinition" && !finalizers.Contains(Definitions.CleanupFinalizer, StringComparer.Ordinal))
        {
            finalizers.Add(Definitions.CleanupFinalizer);
        }

        var grace = Grace(kind, content, options);
        var needsContent = kind.Is("", "Namespace");
        if (finalizers.Count == 0 && grace == 0 && !needsContent)
        {
            if (!options.DryRun)
            {
                store.Delete(kind.Storage, live);
            }

            // A pod that was waiting for its node is answered as it was, everything else with a Status.
            return (kind.Is("", "Pod") && metadata["deletionTimestamp"] is not null ? content : null, !options.DryRun);
        }

        Mark(kind, metadata, grace);
        SetFinalizers(metadata, finalizers);
        if (needsContent)
        {
            content.Ensure("status")["phase"] = "Terminating";
        }

        if (kind.Kind is "CustomResourceDefinition" && live.Shared.Text("metadata", "deletionTimestamp") is null)
        {
            content.List("status", "conditions")?.Add(Definitions.Condition("Terminating", "InstanceDeletionPending", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", Times.Seconds(time.GetUtcNow())));
        }

        if (JsonNode.DeepEquals(content, live.Copy()) || options.DryRun)
        {
            return (content, false);
        }

        return (store.Put(kind.Storage, content).Copy(), true);
    }

    private void Mark(ResourceKind kind, JsonObject metadata, long grace)
    {
        var now = time.GetUtcNow();
        var running = metadata.Number("deletionGracePeriodSeconds");
        if (metadata.Text("deletionTimestamp") is null || (running is { } before && grace < before && kind.Is("", "Pod")))
        {
            var first = metadata.Text("deletionTimestamp") is null;
            var since = first ? now : Times.Parse(metadata.Text("deletionTimestamp"))!.Value - TimeSpan.FromSeconds(running ?? 0);
            metadata["deletionTimestamp"] = Times.Seconds(since + TimeSpan.FromSeconds(grace));
            if (!kind.Is("", "Namespace"))
            {
                metadata["deletionGracePeriodSeconds"] = grace;
            }

            if (first && kind.CountsGenerations)
            {
                metadata["generation"] = (metadata.Number("generation") ?? 0) + 1;
            }
        }
    }

    private static List<string> Finalizers(ResourceKind kind, JsonObject metadata, DeleteOptions options)
    {
        var finalizers = metadata.List("finalizers")?.Select(f => f!.ToString()).ToList() ?? [];
        if (LeavesPods(kind, options) && !finalizers.Contains(ForegroundFinalizer, StringComparer.Ordinal) && !finalizers.Contains(OrphanFinalizer, StringComparer.Ordinal))
        {
            finalizers.Add(OrphanFinalizer);
        }

        if (options.Propagation is not null)
        {
            finalizers.RemoveAll(f => f is ForegroundFinalizer or OrphanFinalizer);
        }

        if (options.Propagation is "Foreground")
        {
            finalizers.Add(ForegroundFinalizer);
        }
        else if (options.Propagation is "Orphan")
        {
            finalizers.Add(OrphanFinalizer);
        }

        return finalizers;
    }

    /// <summary>Jobs are the one kind whose dependents stay unless a client says otherwise, as kubectl always does.</summary>
    private static bool LeavesPods(ResourceKind kind, DeleteOptions options) => kind.Is("batch", "Job") && options.Propagation is null;

    private static void SetFinalizers(JsonObject metadata, List<string> finalizers)
    {
        metadata.Remove("finalizers");
        if (finalizers.Count > 0)
        {
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(f => JsonValue.Create(f))]);
        }
    }

    /// <summary>Pods on a node are left to it until their grace is over; everything else goes at once.</summary>
    private static long Grace(ResourceKind kind, JsonObject content, DeleteOptions options)
    {
        if (!kind.Is("", "Pod") || string.IsNullOrEmpty(content.Text("spec", "nodeName")) || content.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        return options.GracePeriodSeconds ?? content.Number("metadata", "deletionGracePeriodSeconds") ?? content.Number("spec", "terminationGracePeriodSeconds") ?? 30;
    }
}
