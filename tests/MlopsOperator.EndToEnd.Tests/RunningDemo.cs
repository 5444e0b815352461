using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Simulation.Invariants;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>The whole product as processes on the embedded cluster, the first version serving, traffic flowing.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly QuietView _view = new();
    private readonly CancellationTokenSource _stopTraffic = new();
    private readonly DemoCluster _cluster;
    private ReadyGateways? _gateways;
    private Replay? _replay;
    private Task _sending = Task.CompletedTask;

    private readonly InvariantChecker _invariants;

    private RunningDemo(DemoCluster cluster, InvariantChecker invariants)
    {
        _cluster = cluster;
        _invariants = invariants;
        Watcher = new RolloutWatcher(cluster.Api, Traffic, _view, TimeProvider.System);
        Story = new DemoStory(cluster.Api, Watcher, _view, Traffic);
    }

    /// <summary>The gateways that were ready when traffic began, or those of them that it is sent through.</summary>
    public IReadOnlyList<Uri> Gateways { get; private set; } = [];

    public TrafficLog Traffic { get; } = new();

    public RolloutWatcher Watcher { get; }

    public DemoStory Story { get; }

    /// <summary>What sends the traffic.</summary>
    public Replay Replay => _replay!;

    public ClusterApi Api => _cluster.Api;

    public DemoCluster Cluster => _cluster;

    /// <summary>Starts all of it.</summary>
    /// <param name="requestsPerSecond">Rate of the traffic.</param>
    /// <param name="sent">Which rows are sent.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="through">Which of the gateways they are sent through, whatever becomes of them; null: those that are ready.</param>
    public static async Task<RunningDemo> StartAsync(
        double requestsPerSecond, Func<FlightRow, bool> sent, CancellationToken cancellationToken, Func<IReadOnlyList<Uri>, IReadOnlyList<Uri>>? through = null)
    {
        var places = DemoPlaces.Find();
        var began = TimeProvider.System.GetTimestamp();
        var invariants = new InvariantChecker(() => TimeProvider.System.GetElapsedTime(began));

        // A real process sees each change a moment after it happened.
        invariants.IsSeenLate();
        var demo = new RunningDemo(await DemoCluster.StartAsync(places, cancellationToken, invariants.Observe), invariants);
        try
        {
            var ready = await demo.Story.FirstVersionAsync(cancellationToken);
            var rows = (await FlightRows.ReadAsync(places.Data, cancellationToken)).Where(sent).ToList();
            demo.Gateways = through?.Invoke(ready) ?? ready;
            demo._gateways = new ReadyGateways(demo.Api, ready, TimeProvider.System);
            demo._replay = new Replay(rows, () => through is null ? demo._gateways.Now : demo.Gateways, DemoNames.Host, requestsPerSecond, demo.Traffic);
            demo._sending = demo._replay.RunAsync(TimeProvider.System, demo._stopTraffic.Token);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a rollout gives its candidate a share of the traffic.</summary>
    /// <param name="number">Number of the rollout.</param>
    /// <param name="story">What makes the rollouts; its failure ends the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ModelRollout> UntilExposedAsync(int number, Task story, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await Api.GetAsync<ModelRollout>("modelrollouts", FormattableString.Invariant($"{DemoNames.Deployment}-{number}"), cancellationToken) is { Status.Weights.Candidate: > 0 } rollout)
            {
                return rollout;
            }

            if (story.IsCompleted)
            {
                await story;
                throw new InvalidOperationException(FormattableString.Invariant($"the story ended without rollout {number} having exposed its candidate"));
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Ends the traffic and waits for the answers that are out.</summary>
    public async Task StopTrafficAsync()
    {
        await _stopTraffic.CancelAsync();
        await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await StopTrafficAsync();
        if (_replay is { } replay)
        {
            await replay.DisposeAsync();
        }

        if (_gateways is { } gateways)
        {
            await gateways.DisposeAsync();
        }

        await Watcher.DisposeAsync();
        await _cluster.DisposeAsync();
        await _view.DisposeAsync();
        _stopTraffic.Dispose();
        _invariants.ThrowIfBroken();
        if (_replay is not null && _invariants.OwnWrites == 0)
        {
            throw new InvalidOperationException($"the invariants have seen no write of the operator: they do not know its name. The last writes were of {string.Join(", ", _invariants.LastClients)}");
        }
    }
}
