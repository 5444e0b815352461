using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.DevCluster;
using MlopsOperator.DevCluster.Nodes;

namespace MlopsOperator.Operator.Tests.World;

/// <summary>
/// The operator on the embedded cluster, in process: scripted pods, scripted gateways, a clock that only the test moves. Stories are told with its verbs.
/// </summary>
internal sealed class ReleaseWorld : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RealPatience = TimeSpan.FromSeconds(90);

    private readonly FakeTimeProvider _clock;
    private RunningOperator? _operator;

    private ReleaseWorld(EmbeddedCluster cluster, PodOptions pods, FakeTimeProvider clock)
    {
        Cluster = cluster;
        Pods = pods;
        _clock = clock;
        Gateways = new ScriptedGateways(() => Read<GatewayRoute>("gatewayroutes", "delays"));
    }

    public EmbeddedCluster Cluster { get; }

    /// <summary>How pods behave; may be changed while they run.</summary>
    public PodOptions Pods { get; }

    public ScriptedGateways Gateways { get; }

    public ScriptedModels Models { get; } = new();

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport => _operator!.Transport;

    /// <summary>Requests a second to each of the two gateways.</summary>
    public double Traffic { get; set; } = 200;

    public ModelDeployment? Deployment => Read<ModelDeployment>("modeldeployments", "delays");

    public GatewayRoute? Route => Read<GatewayRoute>("gatewayroutes", "delays");

    public static async Task<ReleaseWorld> StartAsync(Action<PodOptions>? pods = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        PodOptions? behaviour = null;
        var cluster = await EmbeddedCluster.StartAsync(
            options =>
            {
                behaviour = options.Pods;
                options.Time = clock;
                options.Crds.FromFolder(System.IO.Path.Combine(Repository.Root, "crds"));
                options.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromSeconds(1)));
                pods?.Invoke(options.Pods);
            },
            cancellation);
        var world = new ReleaseWorld(cluster, behaviour!, clock);
        await cluster.ApplyAsync(Manifests.Base, cancellation);
        foreach (var (name, digest) in new[] { ("delays-v1", '1'), ("delays-v2", '2'), ("delays-v3", '3') })
        {
            await cluster.ApplyAsync(Manifests.Version(name, digest), cancellation);
        }

        await world.StartOperatorAsync();
        return world;
    }

    public async Task StartOperatorAsync() =>
        _operator = await RunningOperator.StartAsync(Cluster, _clock, Models, Gateways, TestContext.Current.CancellationToken);

    public async Task KillOperatorAsync()
    {
        await _operator!.KillAsync();
        _operator = null;
    }

    public Task ApplyAsync(string manifests) => Cluster.ApplyAsync(manifests, TestContext.Current.CancellationToken);

    /// <summary>Sets <c>spec.modelVersionRef</c>.</summary>
    public Task WantAsync(string version) => PatchAsync("modeldeployments", "delays", "{\"spec\":{\"modelVersionRef\":{\"name\":\"" + version + "\"}}}");

    public async Task PatchAsync(string plural, string name, string patch)
    {
        var answer = await Cluster.SendAsync("PATCH", Path(plural, name), System.Text.Encoding.UTF8.GetBytes(patch), "application/merge-patch+json", "user", TestContext.Current.CancellationToken);
        answer.Status.Should().Be(200, System.Text.Encoding.UTF8.GetString(answer.Body.Span));
    }

    public async Task DeleteAsync(string plural, string name) =>
        (await Cluster.SendAsync("DELETE", Path(plural, name), default, null, "user", TestContext.Current.CancellationToken)).Status.Should().Be(200);

    public ModelRollout? Rollout(int number) => Read<ModelRollout>("modelrollouts", FormattableString.Invariant($"delays-{number}"));

    /// <summary>Lets time pass, with traffic, until something is so; fails with what is when too much of it has passed.</summary>
    public async Task UntilAsync(string what, Func<bool> isSo, TimeSpan? within = null)
    {
        var patience = within ?? TimeSpan.FromMinutes(5);
        var began = TimeProvider.System.GetTimestamp();
        for (var passed = TimeSpan.Zero; !isSo(); passed += Step)
        {
            if (passed > patience || TimeProvider.System.GetElapsedTime(began) > RealPatience)
            {
                throw new TimeoutException($"{what}: not within {passed} of the world's time.\n{Describe()}");
            }

            await PassAsync(Step);
        }
    }

    /// <summary>Lets time pass, with traffic.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            Gateways.Serve(Traffic * Step.TotalSeconds);
            _clock.Advance(Step);

            // Loops of the operator run on the pool: give them a moment of real time to see the new one.
            await Task.Delay(TimeSpan.FromMilliseconds(4), TimeProvider.System, TestContext.Current.CancellationToken);
            await Cluster.SettleAsync(TestContext.Current.CancellationToken);
        }
    }

    public T? Read<T>(string plural, string name)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var answer = Get(Path(plural, name));
        return answer.Status == 200 ? System.Text.Json.JsonSerializer.Deserialize<T>(answer.Body.Span, ApiJson.Options) : null;
    }

    public JsonArray List(string plural) => JsonNode.Parse(Get(Path(plural, null)).Body.Span)!["items"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        if (_operator is { } running)
        {
            await running.DisposeAsync();
        }

        await Cluster.DisposeAsync();
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

    private ClusterResponse Get(string path)
    {
        // The pipeline answers reads on the caller's thread.
        var answer = Cluster.SendAsync("GET", path, default, null, "test", CancellationToken.None);
        answer.IsCompleted.Should().BeTrue();
#pragma warning disable xUnit1031, RS0030 // Completed already: nothing blocks.
        return answer.Result;
#pragma warning restore xUnit1031, RS0030
    }
}
