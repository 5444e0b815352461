using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.DevCluster;
using MlopsOperator.DevCluster.Nodes;
using MlopsOperator.Simulation.Invariants;
using MlopsOperator.Simulation.Planting;
using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>
/// The operator on the embedded cluster, on one thread: scripted pods, scripted gateways, a clock that moves only when a story lets it. Stories are told with
/// its verbs. The same seed gives the same run.
/// </summary>
internal sealed class ReleaseWorld : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TrafficStep = TimeSpan.FromMilliseconds(250);
    private static readonly Lazy<string> Definitions = new(() =>
        string.Join("\n---\n", Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "crds"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)));

    private readonly SimulationScheduler _scheduler;
    private readonly Dictionary<string, object?> _read = new(StringComparer.Ordinal);
    private TimeSpan _nextTraffic = TrafficStep;
    // What happens while the world ends depends on threads of the pool: it is no part of the run.
    private bool _ending;

    private ReleaseWorld(EmbeddedCluster cluster, SimulationScheduler scheduler, SimulatedTime time, int seed, IPlant? plant, bool elects)
    {
        Cluster = cluster;
        _scheduler = scheduler;
        Time = time;
        Invariants = new InvariantChecker(() => time.Elapsed, revision => Gateways!.ServedBy(revision), since => Operators!.ClocksDiffer(since));
        cluster.OnWrite(write =>
        {
            _read.Clear();
            if (!_ending)
            {
                Trace.Add(time.Elapsed, write);
            }

            Invariants.Observe(write);
        });
        Gateways = new ScriptedGateways(() => Read<GatewayRoute>("gatewayroutes", "delays"), time) { Exposing = Invariants.Observe };
        Func<IKubernetesTransport, IKubernetesTransport>? seam = null;
        if (plant is not null)
        {
            seam = transport => new PlantedTransport(transport, plant, time, () => Invariants.IsBroken);
            plant.Meddle(Gateways);
            Invariants.Ends = violation => string.Equals(violation.Id, plant.Invariant, StringComparison.Ordinal);
        }

        Operators = new OperatorProcesses(new OperatorSurroundings(scheduler, cluster, time, seed, Models, Gateways, seam, elects, plant?.ByWallClock == true));
    }

    public SimulatedTime Time { get; }

    /// <summary>Every change of an object, in order.</summary>
    public Trace Trace { get; } = new();

    /// <summary>Called after each moment of time: what disturbs the world from outside.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>The operator's processes.</summary>
    public OperatorProcesses Operators { get; }

    /// <summary>Whether an operator runs.</summary>
    public bool HasOperator => Operators.Running.Count > 0;

    public EmbeddedCluster Cluster { get; }

    /// <summary>How pods behave; may be changed while they run.</summary>
    public PodOptions Pods => Cluster.Pods;

    public ScriptedGateways Gateways { get; }

    /// <summary>What holds after every write; a step after a violation throws.</summary>
    public InvariantChecker Invariants { get; }

    public ScriptedModels Models { get; } = new();

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport => Operators.TryGet(OperatorProcesses.First, out var first) ? first.Transport : throw new InvalidOperationException("the operator does not run");

    /// <summary>Requests a second to each of the two gateways.</summary>
    public double Traffic { get; set; } = 200;

    public ModelDeployment? Deployment => Read<ModelDeployment>("modeldeployments", "delays");

    public GatewayRoute? Route => Read<GatewayRoute>("gatewayroutes", "delays");

    /// <summary>Name of the process that holds the Lease; null where nobody does.</summary>
    public string? Leader => Read<V1Lease>("leases", "mlops-operator", "mlops-system")?.Spec?.HolderIdentity is { Length: > 0 } holder ? holder.Split('_')[0] : null;

    /// <param name="pods">How pods behave.</param>
    /// <param name="seed">Of everything that is random; 0: the order of work is not.</param>
    /// <param name="manifests">What is there in the beginning; null: <see cref="Manifests.Base"/>.</param>
    /// <param name="withOperator">Whether the operator runs from the beginning.</param>
    /// <param name="plant">A bug to plant; its invariant alone ends the run.</param>
    /// <param name="definitions">What becomes of the definitions before the cluster gets them; null: they stay as they are.</param>
    /// <param name="elects">Whether two processes compete for a Lease; otherwise one works without.</param>
    public static async Task<ReleaseWorld> StartAsync(
        Action<PodOptions>? pods = null, int seed = 0, bool withOperator = true, string? manifests = null, IPlant? plant = null, Func<string, string>? definitions = null, bool elects = false)
    {
        var scheduler = new SimulationScheduler(seed == 0 ? null : new Random(seed));
        var time = new SimulatedTime(scheduler, Start);
        var starting = scheduler.Within(() => EmbeddedCluster.StartAsync(options =>
        {
            options.Time = time;
            options.Seed = seed + 1;
            options.Crds.FromText(definitions?.Invoke(Definitions.Value) ?? plant?.Definitions(Definitions.Value) ?? Definitions.Value);
            options.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromSeconds(1)));
            pods?.Invoke(options.Pods);
        }));
        scheduler.Run();
        var world = new ReleaseWorld(await starting, scheduler, time, seed, plant, elects);
        await world.ApplyAsync(manifests ?? Manifests.Base);
        foreach (var (name, digest) in new[] { ("delays-v1", '1'), ("delays-v2", '2'), ("delays-v3", '3') })
        {
            await world.ApplyAsync(Manifests.Version(name, digest));
        }

        foreach (var name in withOperator ? world.Operators.Names : [])
        {
            world.Operators.Start(name);
        }

        return world;
    }

    /// <summary>A process of the operator begins.</summary>
    public void StartOperator() => Operators.Start(OperatorProcesses.First);

    /// <summary>The process ends, and nothing that it had begun is put in order.</summary>
    public void KillOperator() => Operators.Kill(OperatorProcesses.First);

    public async Task ApplyAsync(string manifests)
    {
        var applying = _scheduler.Within(() => Cluster.ApplyAsync(manifests));
        _scheduler.Run();
        await applying;
    }

    /// <summary>Sets <c>spec.modelVersionRef</c>.</summary>
    public Task WantAsync(string version) => PatchAsync("modeldeployments", "delays", "{\"spec\":{\"modelVersionRef\":{\"name\":\"" + version + "\"}}}");

    public Task PatchAsync(string plural, string name, string patch, string @namespace = "prod")
    {
        var answer = Send("PATCH", Path(plural, name, @namespace), System.Text.Encoding.UTF8.GetBytes(patch), "application/merge-patch+json");
        return answer.Status == 200 ? Task.CompletedTask : throw new InvalidOperationException($"patching {plural}/{name}: {System.Text.Encoding.UTF8.GetString(answer.Body.Span)}");
    }

    /// <summary>One request of a user, whatever is answered; whether it was done.</summary>
    public bool Try(string method, string plural, string name, string body = "", string @namespace = "prod")
    {
        var answer = Send(method, Path(plural, name, @namespace), System.Text.Encoding.UTF8.GetBytes(body), method is "PATCH" ? "application/merge-patch+json" : null);
        Trace.Add(Time.Elapsed, FormattableString.Invariant($"user {method} {plural}/{name} {body}: {answer.Status}"));
        return answer.Status < 300;
    }

    public Task DeleteAsync(string plural, string name)
    {
        var answer = Send("DELETE", Path(plural, name));
        return answer.Status == 200 ? Task.CompletedTask : throw new InvalidOperationException($"deleting {plural}/{name}: {System.Text.Encoding.UTF8.GetString(answer.Body.Span)}");
    }

    public ModelRollout? Rollout(int number) => Read<ModelRollout>("modelrollouts", FormattableString.Invariant($"delays-{number}"));

    /// <summary>Lets time pass, with traffic, until something is so; fails with what is when too much of it has passed.</summary>
    public Task UntilAsync(string what, Func<bool> isSo, TimeSpan? within = null)
    {
        var end = Time.Elapsed + (within ?? TimeSpan.FromMinutes(5));
        _scheduler.Run();
        while (!isSo())
        {
            if (Time.Elapsed >= end)
            {
                throw new TimeoutException($"{what}: not within {within ?? TimeSpan.FromMinutes(5)} of the world's time.\n{Describe()}");
            }

            Step(end);
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets time pass, with traffic.</summary>
    public Task PassAsync(TimeSpan time)
    {
        for (var end = Time.Elapsed + time; Time.Elapsed < end;)
        {
            Step(end);
        }

        return Task.CompletedTask;
    }

    /// <summary>An object as it is now; the same instance until anything is written. For reading only.</summary>
    public T? Read<T>(string plural, string name, string @namespace = "prod")
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var path = Path(plural, name, @namespace);
        if (!_read.TryGetValue(path, out var known))
        {
            var answer = Send("GET", path);
            _read[path] = known = answer.Status == 200 ? System.Text.Json.JsonSerializer.Deserialize<T>(answer.Body.Span, ApiJson.Options) : null;
        }

        return (T?)known;
    }

    /// <summary>All objects of a kind as they are now; the same instances until anything is written. For reading only.</summary>
    public JsonArray List(string plural, string @namespace = "prod")
    {
        var path = Path(plural, null, @namespace);
        if (!_read.TryGetValue(path, out var known))
        {
            _read[path] = known = JsonNode.Parse(Send("GET", path).Body.Span)!["items"]!.AsArray();
        }

        return (JsonArray)known!;
    }

    /// <summary>Traffic ends, everything comes to rest, and then nothing may be written: what the operator writes all the same.</summary>
    /// <param name="settling">How long it may still write.</param>
    /// <param name="quiet">How long it may not, then.</param>
    public async Task<IReadOnlyList<string>> WritesAtRestAsync(TimeSpan settling, TimeSpan quiet)
    {
        Traffic = 0;
        await PassAsync(settling);
        var writes = new List<string>();
        foreach (var process in Operators.Running)
        {
            process.Transport.Sending = request =>
            {
                // A leader renews its Lease for ever.
                if (request.Method is not "GET" && !request.PathAndQuery.Contains("/leases/", StringComparison.Ordinal))
                {
                    writes.Add($"{process.Name} {request.Method} {request.PathAndQuery}");
                }
            };
        }

        await PassAsync(quiet);
        return writes;
    }

    /// <summary>Runs something and ends the world: what is wrong, also if a fault or crash that was set never happened; null if nothing is.</summary>
    public async Task<string?> ProblemOfAsync(Func<Task<string?>> run)
    {
        string? problem;
        try
        {
            problem = await run();
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or InvariantViolatedException)
        {
            problem = failure.Message;
        }

        try
        {
            await DisposeAsync();
        }
        catch (Exception failure) when (failure is UnfiredFaultsException or InvariantViolatedException or TimeoutException or InvalidOperationException)
        {
            problem ??= failure.Message;
        }

        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        Operators.Dispose();
        var ending = _scheduler.Within(() => Cluster.DisposeAsync().AsTask());
        _scheduler.RunToEnd(ending, "the cluster");
        await ending;
        Invariants.ThrowIfBroken();
    }

    /// <summary>To the next moment at which anything is due, and all that follows from it.</summary>
    private void Step(TimeSpan end)
    {
        var next = Time.NextDue is { } due && due < _nextTraffic ? due : _nextTraffic;
        Time.AdvanceTo(next < end ? next : end);
        if (Time.Elapsed >= _nextTraffic)
        {
            _nextTraffic += TrafficStep;
            Gateways.Serve(Traffic * TrafficStep.TotalSeconds);
        }

        _scheduler.Run();
        Invariants.ThrowIfBroken();
        Operators.ThrowIfFaulted();
        _scheduler.ThrowIfEscaped();
        AfterStep?.Invoke();
    }

    public string Describe() => string.Join(
        '\n',
        new[] { Deployment?.Status is { } status ? System.Text.Json.JsonSerializer.Serialize(status, ApiJson.Options) : "no deployment" }
            .Concat(Enumerable.Range(1, Deployment?.Status?.LastRollout ?? 0).Select(Rollout).OfType<ModelRollout>().Select(rollout => $"{rollout.Metadata.Name}: {System.Text.Json.JsonSerializer.Serialize(rollout.Status, ApiJson.Options)}"))
            .Concat(List("pods").Select(pod => $"{pod!["metadata"]!["name"]}: {pod["status"]?["phase"]}"))
            .Concat(List("events").TakeLast(15).Select(@event => $"event {@event!["reason"]}: {@event["message"] ?? @event["note"]}")));

    private static string Path(string plural, string? name, string @namespace = "prod")
    {
        var root = plural switch
        {
            "pods" or "services" or "events" => "/api/v1",
            "customresourcedefinitions" => "/apis/apiextensions.k8s.io/v1",
            "deployments" or "replicasets" or "controllerrevisions" => "/apis/apps/v1",
            "leases" => "/apis/coordination.k8s.io/v1",
            _ => "/apis/mlops-operator.io/v1alpha1",
        };
        var place = plural is "clustermodelruntimes" or "clusterrolloutstrategies" or "customresourcedefinitions" ? "" : $"/namespaces/{@namespace}";
        return $"{root}{place}/{plural}{(name is null ? "" : "/" + name)}";
    }

    private ClusterResponse Send(string method, string path, ReadOnlyMemory<byte> body = default, string? contentType = null)
    {
        // The pipeline answers on the caller's thread; what follows from a write runs with the next step.
        var answer = _scheduler.Within(() => Cluster.SendAsync(method, path, body, contentType, "user"));
        return answer.IsCompleted ? answer.GetAwaiter().GetResult() : throw new InvalidOperationException($"{method} {path} was not answered at once");
    }
}
