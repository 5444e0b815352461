using MlopsOperator.DevCluster;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The embedded cluster with the product installed in it: CRDs, operator, gateways, and the images of the programs as processes of this machine.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private readonly EmbeddedCluster _cluster;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;

    private DemoCluster(EmbeddedCluster cluster, DirectoryInfo folder)
    {
        _cluster = cluster;
        _folder = folder;
        // The demo itself sees on while the API is away for those whom it watches.
        _http = new HttpClient(cluster.CreateHandler(meetsFaults: false)) { BaseAddress = new Uri("http://cluster/") };
        Api = new ClusterApi(_http);
    }

    /// <summary>Path of a kubeconfig for a real kubectl.</summary>
    public string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    /// <summary>The API.</summary>
    public ClusterApi Api { get; }

    /// <summary>Starts the cluster and installs the product.</summary>
    public static Task<DemoCluster> StartAsync(DemoPlaces places, CancellationToken cancellationToken, Action<ClusterWrite>? observe = null) =>
        StartAsync(places, MakeFolder(), cancellationToken, observe);

    /// <summary>The same, with all files in a folder that is deleted at the end, however the end comes.</summary>
    /// <param name="places">Where the product is.</param>
    /// <param name="folder">For the files.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="observe">Hears of every change of an object from the beginning.</param>
    public static async Task<DemoCluster> StartAsync(DemoPlaces places, DirectoryInfo folder, CancellationToken cancellationToken, Action<ClusterWrite>? observe = null)
    {
        DemoCluster? started = null;
        try
        {
            started = new DemoCluster(await EmbeddedCluster.StartAsync(options => Configure(options, places, folder), cancellationToken), folder);
            if (observe is not null)
            {
                started._cluster.OnWrite(observe);
            }

            // Any free port, so that none can be in use.
            await started._cluster.ListenAsync(started.Kubeconfig, cancellationToken: cancellationToken);
            await started.ApplyFolderAsync(places.SystemManifests, cancellationToken);
            await started.ApplyFolderAsync(places.DemoManifests, cancellationToken);
            return started;
        }
        catch
        {
            if (started is null)
            {
                Delete(folder);
            }
            else
            {
                await started.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Applies a manifest, as <c>kubectl apply --server-side</c> does.</summary>
    public Task ApplyAsync(string manifest, CancellationToken cancellationToken) => _cluster.ApplyAsync(manifest, cancellationToken);

    /// <summary>The API goes away for a while, for everybody but the demo itself, and comes back with its objects.</summary>
    public Task RestartApiAsync(TimeSpan absent, CancellationToken cancellationToken) => _cluster.RestartAsync(absent, cancellationToken: cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        try
        {
            await _cluster.DisposeAsync();
        }
        finally
        {
            Delete(_folder);
        }
    }

    private static DirectoryInfo MakeFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("mlops-demo-");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DemoFailure($"no folder can be made below {Path.GetTempPath()} ({error.Message}) Set TMPDIR to a folder that can be written to.", error);
        }
    }

    private static void Delete(DirectoryInfo folder)
    {
        folder.Refresh();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Configure(ClusterOptions options, DemoPlaces places, DirectoryInfo folder)
    {
        // A watch that was interrupted for some seconds still finds what it missed; more would only fill the memory of a demo that is left running.
        options.EventsKept = 200;
        options.Crds.FromFolder(places.Crds);
        options.Pods.Root = Path.Combine(folder.FullName, "node");
        options.Pods.RefuseUnknownImages();
        foreach (var (image, project) in new[] { ("operator", "Operator"), ("gateway", "Gateway"), ("model-server", "ModelServer"), ("fetcher", "Fetcher") })
        {
            // file: artifacts of the manifests are paths of the repository.
            options.Pods.Image($"mlops-operator/{image}:*", rule => rule.Process("dotnet", places.Program(project)).Env("FILE_ROOT", places.Root));
        }
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
