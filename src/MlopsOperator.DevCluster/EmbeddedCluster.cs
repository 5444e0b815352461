using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>A Kubernetes API in process, with the controllers and the node that were asked for.</summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private static readonly string[] FirstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly ClusterOptions options;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly ObjectStore store;
    private readonly KindRegistry kinds = new();
    private readonly RandomValues random;

    private EmbeddedCluster(ClusterOptions options)
    {
        this.options = options;
        store = new ObjectStore(options.EventsKept);
        random = new RandomValues(options.Seed);
        Pipeline = new ApiPipeline(kinds, store, random, options.Time);
    }

    internal ApiPipeline Pipeline { get; }

    /// <summary>Starts a cluster; ready when this returns.</summary>
    public static async Task<EmbeddedCluster> StartAsync(Action<ClusterOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var wanted = new ClusterOptions();
        configure?.Invoke(wanted);
        var cluster = new EmbeddedCluster(wanted);
        var client = cluster.ClientFor("devcluster");
        foreach (var name in FirstNamespaces)
        {
            await client.CreateAsync(Controllers.ResourceId.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }, cancellationToken);
        }

        foreach (var component in wanted.Components)
        {
            cluster.running.Add(component.RunAsync(cluster.ClientFor("devcluster-" + component.GetType().Name.ToLowerInvariant()), cluster.stopping.Token));
        }

        return cluster;
    }

    /// <summary>Returns when every watch has delivered the newest revision and no component has work.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        var calm = 0;
        while (calm < 3)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            calm = store.Undelivered() == 0 && options.Components.All(component => component.IsIdle) ? calm + 1 : 0;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // How components end.
        }

        stopping.Dispose();
    }

    internal ClusterClient ClientFor(string manager) => new(Pipeline, manager);
}
