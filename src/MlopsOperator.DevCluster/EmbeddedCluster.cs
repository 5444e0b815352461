using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;
using MlopsOperator.DevCluster.Transports;

namespace MlopsOperator.DevCluster;

/// <summary>
/// A Kubernetes API in process, with the controllers and the node that were asked for. Ready when <see cref="StartAsync"/> returns.
/// What it serves it answers as a real API server does; what it does not serve it refuses in plain words.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private static readonly string[] FirstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly ClusterOptions options;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly ObjectStore store;
    private readonly KindRegistry kinds = new();
    private ClusterEndpoint? endpoint;

    private EmbeddedCluster(ClusterOptions options)
    {
        this.options = options;
        store = new ObjectStore(options.EventsKept);
        Pipeline = new ApiPipeline(kinds, store, new RandomValues(options.Seed), options.Time, () => options.PodLogs);
        Requests = new ClusterRequests(Pipeline.Log);
    }

    /// <summary>What was asked of the cluster.</summary>
    public ClusterRequests Requests { get; }

    /// <summary>What runs behind which pods; rules that change hold at once.</summary>
    public PodOptions Pods => options.Pods;

    internal ApiPipeline Pipeline { get; }

    /// <summary>Starts a cluster.</summary>
    /// <exception cref="InvalidOperationException">A manifest of the options was refused; the message says which and why.</exception>
    public static async Task<EmbeddedCluster> StartAsync(Action<ClusterOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var wanted = new ClusterOptions();
        configure?.Invoke(wanted);
        var cluster = new EmbeddedCluster(wanted);
        try
        {
            await cluster.BeginAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A typed client, without a network.</summary>
    public IKubernetes CreateClient()
    {
        var configuration = new KubernetesClientConfiguration { Host = "http://devcluster", Namespace = "default" };
        return new Kubernetes(configuration, new PipelineDelegation(Pipeline));
    }

    /// <summary>The cluster under any HTTP client; the host of addresses does not matter.</summary>
    public HttpMessageHandler CreateHandler() => new PipelineHandler(Pipeline);

    /// <summary>One request without HTTP, on the caller's thread.</summary>
    public async Task<ClusterResponse> SendAsync(string method, string pathAndQuery, ReadOnlyMemory<byte> body = default, string? contentType = null, string? userAgent = null, CancellationToken cancellationToken = default)
    {
        var response = await Pipeline.HandleAsync(Request(method, pathAndQuery, body, contentType, userAgent), cancellationToken);
        if (response.Watch is not null)
        {
            await response.Watch.DisposeAsync();
            throw new ArgumentException($"{pathAndQuery} is a watch: open it with WatchAsync", nameof(pathAndQuery));
        }

        TimeSpan? after = response.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new ClusterResponse(response.Status, await WholeBodyAsync(response, cancellationToken), after, response.Warnings);
    }

    /// <summary>Opens a watch (a path with watch=true) without HTTP; returns with the headers, before the first line.</summary>
    public async Task<ClusterWatch> WatchAsync(string pathAndQuery, string? userAgent = null, CancellationToken cancellationToken = default) =>
        new(await Pipeline.HandleAsync(Request("GET", pathAndQuery, default, null, userAgent), cancellationToken));

    /// <summary>Applies all documents of a text (server-side, forced).</summary>
    /// <exception cref="InvalidOperationException">A document was refused; those before it stay.</exception>
    public Task ApplyAsync(string manifests, CancellationToken cancellationToken = default) =>
        new ManifestApplier(Pipeline, kinds).ApplyAsync(manifests, cancellationToken);

    /// <summary>Serves the API on a loopback port with TLS and a token, for kubectl and other processes.</summary>
    /// <param name="port">0: any free port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The kubeconfig.</returns>
    public async Task<string> ListenAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        endpoint ??= await ClusterEndpoint.StartAsync(Pipeline, port, cancellationToken);
        return endpoint.Kubeconfig();
    }

    /// <summary>Listens and writes the kubeconfig to a file that only its owner may read; processes of pods get it as KUBECONFIG.</summary>
    public async Task ListenAsync(string kubeconfigFile, int port = 0, CancellationToken cancellationToken = default)
    {
        var text = await ListenAsync(port, cancellationToken);
        await KubeconfigFile.WriteAsync(kubeconfigFile, text, cancellationToken);
        options.Pods.KubeconfigPath ??= Path.GetFullPath(kubeconfigFile);
    }

    /// <summary>
    /// Returns when every watch has delivered the newest revision and no component has work. A watch that nobody reads keeps it waiting:
    /// dispose watches that are done.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        // Between two awaits a component looks idle although its next request is already on its way to a thread: several rounds without any.
        const int calmRounds = 10;
        var calm = 0;
        var requests = -1L;
        while (calm < calmRounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            foreach (var task in running.Where(task => task.IsFaulted))
            {
                await task;
            }

            var answered = Pipeline.Log.Count;
            calm = answered == requests && store.Undelivered() == 0 && options.Components.All(component => component.IsIdle) ? calm + 1 : 0;
            requests = answered;
        }
    }

    /// <summary>Waits, on events, until an object meets a condition.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="within">Time by the cluster's clock; default 30 s.</param>
    /// <param name="namespace">Its namespace; default "default".</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It did not; the message shows the object and its events.</exception>
    public Task<T> UntilAsync<T>(string name, Func<T, bool> condition, TimeSpan? within = null, string @namespace = "default", CancellationToken cancellationToken = default)
        where T : IKubernetesObject<V1ObjectMeta> =>
        new ObjectHistory(store, kinds).UntilAsync(name, condition, within ?? TimeSpan.FromSeconds(30), @namespace, options.Time, cancellationToken);

    /// <summary>Every version of an object that is still remembered (the last 1,000 changes of its kind), oldest first.</summary>
    public IReadOnlyList<T> History<T>(string name, string @namespace = "default")
        where T : IKubernetesObject<V1ObjectMeta> =>
        new ObjectHistory(store, kinds).Of<T>(name, @namespace);

    /// <summary>Forgets all past events: watches from an older revision get 410, as after a compaction.</summary>
    public void Compact() => store.Compact();

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

        if (endpoint is not null)
        {
            await endpoint.DisposeAsync();
        }

        stopping.Dispose();
    }

    internal ClusterClient ClientFor(string manager) => new(Pipeline, manager);

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var client = ClientFor("devcluster");
        foreach (var name in FirstNamespaces)
        {
            await client.CreateAsync(ResourceId.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }, cancellationToken);
        }

        foreach (var text in options.Crds.Texts)
        {
            await ApplyAsync(await text(cancellationToken), cancellationToken);
        }

        AddComponents();
        foreach (var component in options.Components)
        {
            var manager = "devcluster-" + component.GetType().Name.ToLowerInvariant();
            running.Add(component.RunAsync(ClientFor(manager), stopping.Token));
        }
    }

    private void AddComponents()
    {
        if (options.ApiOnly || options.Components.Count > 0)
        {
            return;
        }

        var node = new ClusterNode(options.Pods, options.Time, options.Logger);
        options.PodLogs ??= node;
        options.Components.Add(new ControllerManager(options.Time, options.Logger, options.WithoutControllers.ToHashSet()));
        options.Components.Add(node);
    }

    private static ApiRequest Request(string method, string pathAndQuery, ReadOnlyMemory<byte> body, string? contentType, string? userAgent) => new(method, pathAndQuery)
    {
        Body = body,
        ContentType = contentType ?? "application/json",
        UserAgent = userAgent ?? "in-process",
    };

    private static async Task<ReadOnlyMemory<byte>> WholeBodyAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        if (response.Stream is null)
        {
            return response.Body;
        }

        await using var stream = response.Stream;
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }
}
