using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes;

namespace MlopsOperator.DevCluster.Tests.Controllers;

/// <summary>A cluster with its controllers and its node, a client of it, and a clock that tests move.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly EmbeddedCluster cluster;

    private RunningCluster(EmbeddedCluster cluster, FakeTimeProvider clock, PodOptions pods, ClusterNode node)
    {
        this.cluster = cluster;
        Clock = clock;
        Pods = pods;
        Node = node;
        Client = cluster.ClientFor("test");
    }

    public FakeTimeProvider Clock { get; }

    public PodOptions Pods { get; }

    public ClusterNode Node { get; }

    public IClusterClient Client { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="configure">Rules of pods.</param>
    /// <param name="real">Use the system's clock, for pods that are processes.</param>
    /// <param name="without">Controllers that are left out.</param>
    public static async Task<RunningCluster> StartAsync(Action<PodOptions>? configure = null, bool real = false, params EmbeddedController[] without)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var time = real ? TimeProvider.System : clock;
        var pods = new PodOptions();
        configure?.Invoke(pods);
        var logger = new OutputLogger(TestContext.Current.TestOutputHelper);
        var node = new ClusterNode(pods, time, logger);
        var started = await EmbeddedCluster.StartAsync(
            options =>
            {
                options.Time = time;
                options.Components.Add(new ControllerManager(time, logger, without.ToHashSet()));
                options.Components.Add(node);
            },
            Cancelled);
        return new RunningCluster(started, clock, pods, node);
    }

    public Task SettleAsync() => cluster.SettleAsync(Cancelled);

    /// <summary>Moves the clock on in steps of a second, so that whatever is due comes in its order.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Clock.Advance(TimeSpan.FromSeconds(Math.Min(1, (time - passed).TotalSeconds)));
            await SettleAsync();
        }
    }

    public Task<JsonObject> CreateAsync(ResourceId resource, string json) => Client.CreateAsync(resource, Parse(json), Cancelled);

    public Task<JsonObject> PatchAsync(ResourceId resource, string name, string json) => Client.MergePatchAsync(resource, Space(resource), name, Parse(json), Cancelled);

    public Task DeleteAsync(ResourceId resource, string name, int? grace = null, string? propagation = null) =>
        Client.DeleteAsync(resource, Space(resource), name, null, grace, propagation, Cancelled);

    public Task<JsonObject?> FindAsync(ResourceId resource, string name) => Client.GetAsync(resource, Space(resource), name, Cancelled);

    public async Task<JsonObject> GetAsync(ResourceId resource, string name) =>
        await FindAsync(resource, name) ?? throw new InvalidOperationException($"{resource.Plural} {name} is not there");

    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceId resource, string? selector = null) =>
        await Client.ListAsync(resource, Space(resource), selector, Cancelled);

    /// <summary>Messages of the events with this reason.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string reason) =>
        [.. (await ListAsync(ResourceId.Events)).Where(item => string.Equals(item.Text("reason"), reason, StringComparison.Ordinal)).Select(item => item.Text("message")!)];

    /// <summary>Waits, on the watch, until an object is as it should be.</summary>
    public async Task<JsonObject> UntilAsync(ResourceId resource, string name, Func<JsonObject, bool> condition, int seconds = 20)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Cancelled);
        JsonObject? last = null;
        try
        {
            await foreach (var change in Client.WatchAsync(resource, either.Token))
            {
                if (string.Equals(change.Object.Name(), name, StringComparison.Ordinal) && change.Type is not "DELETED")
                {
                    last = change.Object;
                    if (condition(last))
                    {
                        return last;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // Told below.
        }

        var events = (await ListAsync(ResourceId.Events)).Select(item => $"{item.Text("reason")}: {item.Text("message")}");
        throw new TimeoutException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{resource.Kind} {name} did not get as expected within {seconds} s; events: {string.Join(" | ", events)}; it is: {last?.ToJsonString() ?? "not there"}"));
    }

    /// <summary>Waits, on the watch, for an event with this message.</summary>
    public async Task UntilEventAsync(string message)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Cancelled);
        await foreach (var change in Client.WatchAsync(ResourceId.Events, either.Token))
        {
            if (string.Equals(change.Object.Text("message"), message, StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    /// <summary>Waits until an object is gone.</summary>
    public async Task UntilGoneAsync(ResourceId resource, string name)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Cancelled);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await FindAsync(resource, name) is not null)
        {
            await timer.WaitForNextTickAsync(either.Token);
        }
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static string? Space(ResourceId resource) => resource.Namespaced ? "default" : null;

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
