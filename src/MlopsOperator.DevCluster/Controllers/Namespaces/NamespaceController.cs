using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers.Namespaces;

/// <summary>Empties a namespace that is being deleted, then lets it go.</summary>
internal sealed class NamespaceController : IAsyncDisposable
{
    private const string Finalizer = "kubernetes";
    private readonly IClusterClient client;
    private readonly ClusterKinds kinds;
    private readonly ControllerLoop loop;

    public NamespaceController(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        loop = new ControllerLoop("Namespace controller", ReconcileAsync, time, logger);
        kinds = new ClusterKinds(client, loop);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(cancellationToken, kinds.WatchAsync(OnChange, cancellationToken), loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void OnChange(ResourceId resource, ClusterChange change)
    {
        if (resource == ResourceId.Namespaces)
        {
            loop.Add(change.Object.Name());
        }
        else if (change.Type is "DELETED" && change.Object.Namespace() is { } space)
        {
            loop.Add(space);
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (await client.GetAsync(ResourceId.Namespaces, null, name, cancellationToken) is not { } space || !space.IsBeingDeleted())
        {
            return null;
        }

        var left = 0;
        foreach (var kind in kinds.All.Where(kind => kind.Namespaced))
        {
            left += await EmptyAsync(kind, name, cancellationToken);
        }

        if (left == 0 && space.Child("spec").Texts("finalizers").Contains(Finalizer, StringComparer.Ordinal))
        {
            var kept = space.Child("spec").Texts("finalizers").Where(finalizer => finalizer is not Finalizer).Select(finalizer => JsonValue.Create(finalizer));
            space.Child("spec")!["finalizers"] = new JsonArray([.. kept]);
            await client.FinalizeAsync(space, cancellationToken);
        }

        return null;
    }

    /// <summary>Deletes all objects of a kind; how many are still there.</summary>
    private async Task<int> EmptyAsync(ResourceId kind, string space, CancellationToken cancellationToken)
    {
        foreach (var item in await ListAsync(kind, space, cancellationToken))
        {
            if (item.IsBeingDeleted())
            {
                continue;
            }

            try
            {
                await client.DeleteAsync(kind, space, item.Name(), item.Uid(), null, "Background", cancellationToken);
            }
            catch (ClusterApiException exception) when (exception.Code == 404)
            {
                // Gone meanwhile.
            }
        }

        return (await ListAsync(kind, space, cancellationToken)).Count;
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceId kind, string space, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListAsync(kind, space, null, cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Code == 404)
        {
            // A kind that is not served has no objects.
            return [];
        }
    }
}
