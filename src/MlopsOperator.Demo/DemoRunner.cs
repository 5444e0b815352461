using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo;

/// <summary>Runs the demo from start to end, and takes down all that it started.</summary>
internal sealed class DemoRunner(DemoOptions options, IDemoView view, TimeProvider time)
{
    /// <summary>Exit code of a demo that ended as it should.</summary>
    public const int Good = 0;

    /// <summary>Exit code of a demo that did not.</summary>
    public const int Bad = 1;

    /// <summary>Runs; the exit code is 0 only if the scenario ended as it should, and clients saw no error that it does not excuse.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var places = DemoPlaces.Find();
        view.Say("Starting the embedded cluster with operator and gateways …");
        await using var cluster = await DemoCluster.StartAsync(places, cancellationToken);
        var rows = await FlightRows.ReadAsync(places.Data, cancellationToken);
        var traffic = new TrafficLog();
        await using var watcher = new RolloutWatcher(cluster.Api, traffic, view, time);
        var story = new DemoStory(cluster.Api, watcher, view, traffic);
        var gateways = await story.FirstVersionAsync(cancellationToken);
        await UseStrategyAsync(cluster, places, cancellationToken);
        await using var ready = new ReadyGateways(cluster.Api, gateways, time);
        await using var replay = new Replay(rows, () => ready.Now, DemoNames.Host, options.RequestsPerSecond, traffic);
        using var stopTraffic = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = replay.RunAsync(time, stopTraffic.Token);
        var failure = await TellAsync(story, replay, cancellationToken);
        if (!options.Keep)
        {
            await StopAsync(stopTraffic, sending);
        }

        failure ??= options.Scenario.ProblemOf(traffic);
        var summary = watcher.Summary();
        view.Finish(summary);
        if (options.Summary is { } file)
        {
            await SummaryJson.WriteAsync(summary, file, cancellationToken);
        }

        view.Say(failure ?? FormattableString.Invariant($"Done in {watcher.Elapsed.TotalSeconds:0} s: {options.Scenario.Ending}"));
        if (options.Keep)
        {
            foreach (var line in KeepGuide.Lines(cluster.Kubeconfig, gateways[0], places.Root))
            {
                view.Say(line);
            }

            await WaitForCancellationAsync(cancellationToken);
            await StopAsync(stopTraffic, sending);
        }

        return failure is null ? Good : Bad;
    }

    /// <summary>Tells the story; what went wrong in it, in a sentence. What was seen until then is still worth a table.</summary>
    private async Task<string?> TellAsync(DemoStory story, Replay replay, CancellationToken cancellationToken)
    {
        try
        {
            await options.Scenario.TellAsync(story, replay, cancellationToken);
            return null;
        }
        catch (DemoFailure failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The deployment of the manifests names the canary; another strategy is applied and named. That starts no rollout.</summary>
    private async Task UseStrategyAsync(DemoCluster cluster, DemoPlaces places, CancellationToken cancellationToken)
    {
        if (places.Strategy(options.Scenario.Strategy) is { } manifest)
        {
            await cluster.ApplyAsync(await File.ReadAllTextAsync(manifest, cancellationToken), cancellationToken);
            await cluster.Api.SetStrategyAsync(options.Scenario.Strategy, cancellationToken);
        }
    }

    private static async Task StopAsync(CancellationTokenSource source, Task running)
    {
        await source.CancelAsync();
        await running;
    }

    private static async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(ended.SetResult);
        await ended.Task;
    }
}
