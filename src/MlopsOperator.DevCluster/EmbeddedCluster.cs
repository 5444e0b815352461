using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Faults;
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
    private readonly ClientGate gate;
    private readonly RawClient raw;
    private ClusterEndpoint? endpoint;
    private bool disposed;

    private EmbeddedCluster(ClusterOptions options)
    {
        this.options = options;
        store = new ObjectStore(options.EventsKept);
        Pipeline = new ApiPipeline(kinds, store, new RandomValues(options.Seed), options.Time, () => options.PodLogs);
        gate = new ClientGate(Pipeline, kinds, options.Time);
        raw = new RawClient(gate);
        Faults = new ClusterFaults(gate);
        Requests = new ClusterRequests(Pipeline.Log);
    }

    /// <summary>What was asked of the cluster.</summary>
    public ClusterRequests Requests { get; }

    /// <summary>What runs behind which pods; rules that change hold at once.</summary>
    public PodOptions Pods => options.Pods;

    /// <summary>Faults by script, for clients of the cluster.</summary>
    public ClusterFaults Faults { get; }

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

    /// <summary>A typed client, without a network. When its connection breaks it throws <see cref="HttpRequestException"/>, as over a network.</summary>
    /// <param name="userAgent">Its name for <see cref="Faults"/>, <see cref="CrashAt"/> and <see cref="Requests"/>; default: what the client itself sends.</param>
    /// <param name="meetsFaults">False: faults, crashes and an API that is away are not for this client; so the test sees what goes on meanwhile.</param>
    public IKubernetes CreateClient(string? userAgent = null, bool meetsFaults = true)
    {
        var configuration = new KubernetesClientConfiguration { Host = "http://devcluster", Namespace = "default" };
        return new Kubernetes(configuration, new PipelineDelegation(meetsFaults ? gate.HandleAsync : Pipeline.HandleAsync, userAgent));
    }

    /// <summary>The cluster under any HTTP client; the host of addresses does not matter.</summary>
    /// <param name="userAgent">The client's name, in place of the header User-Agent; default: the header.</param>
    /// <param name="meetsFaults">False: faults, crashes and an API that is away are not for this client.</param>
    public HttpMessageHandler CreateHandler(string? userAgent = null, bool meetsFaults = true) =>
        new PipelineHandler(meetsFaults ? gate.HandleAsync : Pipeline.HandleAsync, userAgent);

    /// <summary>One request without HTTP, on the caller's thread.</summary>
    /// <exception cref="ConnectionLostException">The connection broke, by a fault, a crash or an API that is away.</exception>
    public Task<ClusterResponse> SendAsync(string method, string pathAndQuery, ReadOnlyMemory<byte> body = default, string? contentType = null, string? userAgent = null, CancellationToken cancellationToken = default) =>
        raw.SendAsync(method, pathAndQuery, body, contentType, userAgent, cancellationToken);

    /// <summary>Opens a watch (a path with watch=true) without HTTP; returns with the headers, before the first line.</summary>
    /// <exception cref="ConnectionLostException">The connection broke, by a fault, a crash or an API that is away.</exception>
    public Task<ClusterWatch> WatchAsync(string pathAndQuery, string? userAgent = null, CancellationToken cancellationToken = default) =>
        raw.WatchAsync(pathAndQuery, userAgent, cancellationToken);

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
        endpoint ??= await ClusterEndpoint.StartAsync(gate, port, cancellationToken);
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
    /// <exception cref="TimeoutException">It did not; the message shows the object, its events, and its pods with their logs.</exception>
    public Task<T> UntilAsync<T>(string name, Func<T, bool> condition, TimeSpan? within = null, string @namespace = "default", CancellationToken cancellationToken = default)
        where T : IKubernetesObject<V1ObjectMeta> =>
        new ObjectHistory(store, kinds, options.PodLogs).UntilAsync(name, condition, within ?? TimeSpan.FromSeconds(30), @namespace, options.Time, cancellationToken);

    /// <summary>Every version of an object that is still remembered (the last 1,000 changes of its kind), oldest first.</summary>
    public IReadOnlyList<T> History<T>(string name, string @namespace = "default")
        where T : IKubernetesObject<V1ObjectMeta> =>
        new ObjectHistory(store, kinds, options.PodLogs).Of<T>(name, @namespace);

    /// <summary>
    /// Hears of every change of an object, whoever makes it, in order and before anybody else: for checks that must hold after each write. Called
    /// under the store's lock: it must be quick and may ask the cluster for nothing but reads on the same thread.
    /// </summary>
    /// <param name="observe">Gets the change.</param>
    public void OnWrite(Action<ClusterWrite> observe) => Pipeline.Written += observe;

    /// <summary>Forgets all past events: watches from an older revision get 410, as after a compaction.</summary>
    public void Compact() => store.Compact();

    /// <summary>
    /// The API goes away and comes back with its objects: open connections and watches break, and requests are refused, over HTTP as by a port
    /// where nobody listens. Address, certificate and token stay. The cluster's own controllers and node go on.
    /// </summary>
    /// <param name="absent">How long it is away, by the cluster's clock; a test with a clock of its own advances it before it awaits the task.</param>
    /// <param name="compact">Whether the history of changes is gone afterwards: watches from an older revision get 410.</param>
    /// <param name="cancellationToken">Ends the absence early.</param>
    public async Task RestartAsync(TimeSpan absent, bool compact = false, CancellationToken cancellationToken = default)
    {
        var back = Task.Delay(absent, options.Time, cancellationToken);
        gate.SetAway(true);
        try
        {
            if (endpoint is not null)
            {
                await endpoint.LeaveAsync();
            }

            await back;
        }
        finally
        {
            if (compact)
            {
                Compact();
            }

            if (endpoint is not null)
            {
                await endpoint.ReturnAsync(CancellationToken.None);
            }

            gate.SetAway(false);
        }
    }

    /// <summary>
    /// A client dies at one of its writes: from then on each of its requests breaks with <see cref="ConnectionLostException"/> and its watches end,
    /// until <see cref="Revive"/>. A crash that never happens fails the test at disposal, as a fault does.
    /// </summary>
    /// <param name="write">The how-manieth, from 1, counted from now: POST, PUT, PATCH and DELETE that reach the server, whatever they change.</param>
    /// <param name="point">Before it, after it, or after it with its answer lost.</param>
    /// <param name="manager">The client's User-Agent, whole or up to its first slash; null: all clients as one.</param>
    public ClientCrash CrashAt(int write, CrashPoint point, string? manager = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(write);
        var crash = new ClientCrash(write, point, manager);
        gate.Add(crash);
        return crash;
    }

    /// <summary>Lets clients that crashed under this name reach the API again; null: all. False if there were none.</summary>
    public bool Revive(string? manager = null) => gate.Revive(manager);

    /// <summary>Writes that reached the server from a client (as <see cref="CrashAt"/> counts them) since the cluster began; null: from all.</summary>
    public int CountWrites(string? manager = null) => gate.Writes(manager);

    /// <inheritdoc/>
    /// <exception cref="UnfiredFaultsException">A fault or crash was set and never happened; everything is released all the same.</exception>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
#pragma warning disable MA0042 // CancelAsync goes on in a thread of the pool, and a simulation runs everything on one.
        stopping.Cancel();
#pragma warning restore MA0042
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // How components end.
        }
        finally
        {
            if (endpoint is not null)
            {
                await endpoint.DisposeAsync();
            }

            stopping.Dispose();
        }

        if (gate.Unfired() is { Count: > 0 } unfired)
        {
            throw new UnfiredFaultsException($"faults were set and never happened (MayNotHappen() allows it): {string.Join("; ", unfired)}");
        }
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
}
