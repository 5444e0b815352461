using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers.GarbageCollection;

/// <summary>
/// Deletes what no living owner holds (background), what an owner waits for (finalizer foregroundDeletion), and lets go of what
/// outlives its owner (finalizer orphan). An owner is a UID: a new object of the same name is another owner.
/// </summary>
internal sealed class GarbageCollector : IAsyncDisposable
{
    private const string ForegroundFinalizer = "foregroundDeletion";
    private const string OrphanFinalizer = "orphan";

    private readonly IClusterClient client;
    private readonly ControllerLoop loop;
    private readonly ClusterKinds kinds;
    private readonly OwnershipGraph graph = new();

    public GarbageCollector(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        loop = new ControllerLoop("Garbage collector", ReconcileAsync, time, logger);
        kinds = new ClusterKinds(client, loop);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(cancellationToken, kinds.WatchAsync(OnChange, cancellationToken), loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void OnChange(ResourceId resource, ClusterChange change)
    {
        foreach (var uid in graph.Apply(resource, change))
        {
            loop.Add(uid);
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string uid, CancellationToken cancellationToken)
    {
        if (graph.Find(uid) is not { } entry || await ReadAsync(entry, uid, cancellationToken) is not { } item)
        {
            return null;
        }

        if (item.IsBeingDeleted())
        {
            await FinishAsync(entry, item, cancellationToken);
            return null;
        }

        return await CollectAsync(entry, item, cancellationToken);
    }

    private async Task<JsonObject?> ReadAsync(OwnershipGraph.Entry entry, string uid, CancellationToken cancellationToken)
    {
        try
        {
            var item = await client.GetAsync(entry.Resource, entry.Namespace, entry.Name, cancellationToken);
            return item is not null && string.Equals(item.Uid(), uid, StringComparison.Ordinal) ? item : null;
        }
        catch (ClusterApiException exception) when (exception.Code == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes an object whose owners are all gone; takes dead owners off one that has living ones.</summary>
    private async Task<TimeSpan?> CollectAsync(OwnershipGraph.Entry entry, JsonObject item, CancellationToken cancellationToken)
    {
        var owners = item.Child("metadata").Items("ownerReferences");
        var solid = new List<JsonObject>();
        var waitedFor = false;
        foreach (var owner in owners)
        {
            var (alive, waits) = await LookUpAsync(owner, entry.Namespace, cancellationToken);
            if (alive is null)
            {
                // Of a kind that is not served now, nothing can be said: look again when it may be.
                return TimeSpan.FromSeconds(30);
            }

            waitedFor |= waits;
            if (alive is true && !waits)
            {
                solid.Add(owner);
            }
        }

        if (solid.Count == owners.Count)
        {
            return null;
        }

        if (solid.Count == 0)
        {
            await DeleteAsync(entry, item, waitedFor, cancellationToken);
            return null;
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = item.Child("metadata").Text("resourceVersion"),
                ["ownerReferences"] = new JsonArray([.. solid.Select(owner => owner.DeepClone())]),
            },
        };
        await client.MergePatchAsync(entry.Resource, entry.Namespace, entry.Name, patch, cancellationToken);
        return null;
    }

    /// <summary>Whether an owner is alive (null: cannot be known), and whether it waits for its dependents to go first.</summary>
    private async Task<(bool? Alive, bool Waits)> LookUpAsync(JsonObject reference, string? space, CancellationToken cancellationToken)
    {
        if (kinds.Find(reference.Text("apiVersion"), reference.Text("kind")) is not { } resource)
        {
            return (null, false);
        }

        // The watch of the owner's kind may lag behind: the store decides. An owner in another namespace is none.
        var entry = new OwnershipGraph.Entry(resource, resource.Namespaced ? space : null, reference.Text("name") ?? "", []);
        var owner = await ReadAsync(entry, reference.Text("uid") ?? "", cancellationToken);
        return (owner is not null, owner is not null && owner.IsBeingDeleted() && Finalizers(owner).Contains(ForegroundFinalizer, StringComparer.Ordinal));
    }

    /// <summary>An object that is being deleted: its dependents go before it (foreground) or lose it (orphan), then its finalizer goes.</summary>
    private async Task FinishAsync(OwnershipGraph.Entry entry, JsonObject item, CancellationToken cancellationToken)
    {
        var finalizers = Finalizers(item);
        if (finalizers.Contains(OrphanFinalizer, StringComparer.Ordinal))
        {
            foreach (var dependent in await DependentsAsync(item.Uid(), cancellationToken))
            {
                await ReleaseAsync(dependent.Entry, dependent.Item, item.Uid(), cancellationToken);
            }

            await RemoveFinalizerAsync(entry, item, OrphanFinalizer, cancellationToken);
        }
        else if (finalizers.Contains(ForegroundFinalizer, StringComparer.Ordinal))
        {
            var blocking = false;
            foreach (var (dependentEntry, dependent) in await DependentsAsync(item.Uid(), cancellationToken))
            {
                blocking |= References(dependent).Any(owner => owner.IsTrue("blockOwnerDeletion") && string.Equals(owner.Text("uid"), item.Uid(), StringComparison.Ordinal));
                if (!dependent.IsBeingDeleted())
                {
                    await CollectAsync(dependentEntry, dependent, cancellationToken);
                }
            }

            if (!blocking)
            {
                await RemoveFinalizerAsync(entry, item, ForegroundFinalizer, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<(OwnershipGraph.Entry Entry, JsonObject Item)>> DependentsAsync(string uid, CancellationToken cancellationToken)
    {
        var found = new List<(OwnershipGraph.Entry, JsonObject)>();
        foreach (var dependent in graph.Dependents(uid))
        {
            if (graph.Find(dependent) is { } entry && await ReadAsync(entry, dependent, cancellationToken) is { } item
                && References(item).Any(owner => string.Equals(owner.Text("uid"), uid, StringComparison.Ordinal)))
            {
                found.Add((entry, item));
            }
        }

        return found;
    }

    private async Task ReleaseAsync(OwnershipGraph.Entry entry, JsonObject item, string ownerUid, CancellationToken cancellationToken)
    {
        var kept = References(item).Where(owner => !string.Equals(owner.Text("uid"), ownerUid, StringComparison.Ordinal)).Select(owner => owner.DeepClone());
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = new JsonArray([.. kept]) } };
        await client.MergePatchAsync(entry.Resource, entry.Namespace, entry.Name, patch, cancellationToken);
    }

    private async Task DeleteAsync(OwnershipGraph.Entry entry, JsonObject item, bool foreground, CancellationToken cancellationToken)
    {
        // What its owner waits for waits for its own dependents in turn; else it is as its finalizers say.
        var propagation = (foreground && graph.Dependents(item.Uid()).Count > 0) || Finalizers(item).Contains(ForegroundFinalizer, StringComparer.Ordinal) ? "Foreground"
            : Finalizers(item).Contains(OrphanFinalizer, StringComparer.Ordinal) ? "Orphan" : "Background";
        try
        {
            await client.DeleteAsync(entry.Resource, entry.Namespace, entry.Name, item.Uid(), null, propagation, cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Code is 404)
        {
            // Gone meanwhile.
        }
    }

    private async Task RemoveFinalizerAsync(OwnershipGraph.Entry entry, JsonObject item, string finalizer, CancellationToken cancellationToken)
    {
        var kept = Finalizers(item).Where(other => !string.Equals(other, finalizer, StringComparison.Ordinal)).Select(other => JsonValue.Create(other));
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = item.Child("metadata").Text("resourceVersion"),
                ["finalizers"] = new JsonArray([.. kept]),
            },
        };
        await client.MergePatchAsync(entry.Resource, entry.Namespace, entry.Name, patch, cancellationToken);
    }

    private static IReadOnlyList<string> Finalizers(JsonObject item) => item.Child("metadata").Texts("finalizers");

    private static IReadOnlyList<JsonObject> References(JsonObject item) => item.Child("metadata").Items("ownerReferences");
}
