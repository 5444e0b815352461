using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.DevCluster;
using MlopsOperator.DevCluster.Nodes;
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
    private readonly int _seed;
    private TimeSpan _nextTraffic = TrafficStep;
    private RunningOperator? _operator;

    private ReleaseWorld(EmbeddedCluster cluster, SimulationScheduler scheduler, SimulatedTime time, int seed)
    {
        Cluster = cluster;
        _scheduler = scheduler;
        Time = time;
        _seed = seed;
        Gateways = new ScriptedGateways(() => Read<GatewayRoute>("gatewayroutes", "delays"));
    }

    public SimulatedTime Time { get; }

    public EmbeddedCluster Cluster { get; }

    /// <summary>How pods behave; may be changed while they run.</summary>
    public PodOptions Pods => Cluster.Pods;

    public ScriptedGateways Gateways { get; }

    public ScriptedModels Models { get; } = new();

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport => _operator!.Transport;

    /// <summary>Requests a second to each of the two gateways.</summary>
    public double Traffic { get; set; } = 200;

    public ModelDeployment? Deployment => Read<ModelDeployment>("modeldeployments", "delays");

    public GatewayRoute? Route => Read<GatewayRoute>("gatewayroutes", "delays");

    /// <param name="pods">How pods behave.</param>
    /// <param name="seed">Of everything that is random; 0: the order of work is not.</param>
    /// <param name="withOperator">Whether the operator runs from the beginning.</param>
    public static async Task<ReleaseWorld> StartAsync(Action<PodOptions>? pods = null, int seed = 0, bool withOperator = true)
    {
        var scheduler = new SimulationScheduler(seed == 0 ? null : new Random(seed));
        var time = new SimulatedTime(scheduler, Start);
        var starting = scheduler.Within(() => EmbeddedCluster.StartAsync(options =>
        {
            options.Time = time;
            options.Seed = seed + 1;
            options.Crds.FromText(Definitions.Value);
            options.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromSeconds(1)));
            pods?.Invoke(options.Pods);
        }));
        scheduler.Run();
        var world = new ReleaseWorld(await starting, scheduler, time, seed);
        await world.ApplyAsync(Manifests.Base);
        foreach (var (name, digest) in new[] { ("delays-v1", '1'), ("delays-v2", '2'), ("delays-v3", '3') })
        {
            await world.ApplyAsync(Manifests.Version(name, digest));
        }

        if (withOperator)
        {
            await world.StartOperatorAsync();
        }

        return world;
    }

    public Task StartOperatorAsync()
    {
        _operator = new RunningOperator(_scheduler, new ClusterTransport(Cluster, "operator"), Time, new SeededRandom(_seed + 1), Models, Gateways);
        _scheduler.Run();
        return Task.CompletedTask;
    }

    public Task KillOperatorAsync()
    {
        _operator!.Kill();
        _operator = null;
        return Task.CompletedTask;
    }

    public async Task ApplyAsync(string manifests)
    {
        var applying = _scheduler.Within(() => Cluster.ApplyAsync(manifests));
        _scheduler.Run();
        await applying;
    }

    /// <summary>Sets <c>spec.modelVersionRef</c>.</summary>
    public Task WantAsync(string version) => PatchAsync("modeldeployments", "delays", "{\"spec\":{\"modelVersionRef\":{\"name\":\"" + version + "\"}}}");

    public Task PatchAsync(string plural, string name, string patch)
    {
        var answer = Send("PATCH", Path(plural, name), System.Text.Encoding.UTF8.GetBytes(patch), "application/merge-patch+json");
        return answer.Status == 200 ? Task.CompletedTask : throw new InvalidOperationException($"patching {plural}/{name}: {System.Text.Encoding.UTF8.GetString(answer.Body.Span)}");
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

    public T? Read<T>(string plural, string name)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var answer = Send("GET", Path(plural, name));
        return answer.Status == 200 ? System.Text.Json.JsonSerializer.Deserialize<T>(answer.Body.Span, ApiJson.Options) : null;
    }

    public JsonArray List(string plural) => JsonNode.Parse(Send("GET", Path(plural, null)).Body.Span)!["items"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        _operator?.Dispose();
        var ending = _scheduler.Within(() => Cluster.DisposeAsync().AsTask());
        _scheduler.RunToEnd(ending, "the cluster");
        await ending;
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
        _operator?.ThrowIfFaulted();
        _scheduler.ThrowIfEscaped();
    }

    private string Describe() => string.Join(
        '\n',
        new[] { Deployment?.Status is { } status ? System.Text.Json.JsonSerializer.Serialize(status, ApiJson.Options) : "no deployment" }
            .Concat(Enumerable.Range(1, Deployment?.Status?.LastRollout ?? 0).Select(Rollout).OfType<ModelRollout>().Select(rollout => $"{rollout.Metadata.Name}: {System.Text.Json.JsonSerializer.Serialize(rollout.Status, ApiJson.Options)}"))
            .Concat(List("pods").Select(pod => $"{pod!["metadata"]!["name"]}: {pod["status"]?["phase"]}"))
            .Concat(List("events").TakeLast(15).Select(@event => $"event {@event!["reason"]}: {@event["message"] ?? @event["note"]}")));

    private static string Path(string plural, string? name)
    {
        var root = plural switch
        {
            "pods" or "services" or "events" => "/api/v1",
            "deployments" or "controllerrevisions" => "/apis/apps/v1",
            _ => "/apis/mlops-operator.io/v1alpha1",
        };
        return $"{root}/namespaces/prod/{plural}{(name is null ? "" : "/" + name)}";
    }

    private ClusterResponse Send(string method, string path, ReadOnlyMemory<byte> body = default, string? contentType = null)
    {
        // The pipeline answers on the caller's thread; what follows from a write runs with the next step.
        var answer = _scheduler.Within(() => Cluster.SendAsync(method, path, body, contentType, "user"));
        return answer.IsCompleted ? answer.GetAwaiter().GetResult() : throw new InvalidOperationException($"{method} {path} was not answered at once");
    }
}
