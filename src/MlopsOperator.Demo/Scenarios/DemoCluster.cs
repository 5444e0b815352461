using MlopsOperator.DevCluster;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The embedded cluster with the product installed in it: CRDs, operator, gateways, and the images of the programs as processes of this machine.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private readonly EmbeddedCluster _cluster;
    private readonly k8s.Kubernetes _client;

    private DemoCluster(EmbeddedCluster cluster, k8s.Kubernetes client, string kubeconfig)
    {
        _cluster = cluster;
        _client = client;
        Kubeconfig = kubeconfig;
        Api = new ClusterApi(client.HttpClient);
    }

    /// <summary>Path of a kubeconfig for a real kubectl.</summary>
    public string Kubeconfig { get; }

    /// <summary>The API.</summary>
    public ClusterApi Api { get; }

    /// <summary>Starts the cluster and installs the product.</summary>
    public static async Task<DemoCluster> StartAsync(DemoPlaces places, CancellationToken cancellationToken)
    {
        var cluster = await EmbeddedCluster.StartAsync(
            options =>
            {
                options.Crds.FromFolder(places.Crds);
                options.Pods.RefuseUnknownImages();
                foreach (var (image, project) in new[] { ("operator", "Operator"), ("gateway", "Gateway"), ("model-server", "ModelServer"), ("fetcher", "Fetcher") })
                {
                    // file: artifacts of the manifests are paths of the repository.
                    options.Pods.Image($"mlops-operator/{image}:*", rule => rule.Process("dotnet", places.Program(project)).WithEnvironment("FILE_ROOT", places.Root));
                }
            },
            cancellationToken);
        try
        {
            var kubeconfig = await cluster.ListenAsync(cancellationToken);
            var started = new DemoCluster(cluster, cluster.CreateClient(), kubeconfig);
            await started.ApplyFolderAsync(places.SystemManifests, cancellationToken);
            await started.ApplyFolderAsync(places.DemoManifests, cancellationToken);
            return started;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies a manifest, as <c>kubectl apply --server-side</c> does.</summary>
    public Task ApplyAsync(string manifest, CancellationToken cancellationToken) => _cluster.ApplyAsync(manifest, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    /// <summary>Applies all manifests of a folder in the order of their names, as <c>kubectl apply --server-side -f</c> does.</summary>
    private async Task ApplyFolderAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            await _cluster.ApplyAsync(await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
        }
    }
}
