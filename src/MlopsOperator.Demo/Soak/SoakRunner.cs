using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Soak;

/// <summary>The demo's traffic for a long time, one rollout after the other, with an eye on what every process has: what leaks shows.</summary>
internal sealed class SoakRunner(SoakOptions options, IDemoView view, TimeProvider time)
{
    private const double SteadyShare = 0.25;

    private static readonly TimeSpan RolloutLimit = TimeSpan.FromMinutes(2);

    // Good, bad, good, bad: the first version is as good as the second one, by its errors. What was taken back may come again once another was wanted.
    private static readonly string[] Turns = [DemoNames.GoodVersion, DemoNames.BadVersion, DemoNames.FirstVersion, DemoNames.BadVersion];

    /// <summary>Runs; the exit code is 0 only if every rollout ended as it should, clients saw no error but the bad version's own, and every process stayed flat.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var places = DemoPlaces.Find();
        await using var file = new SampleFile(options.Samples);
        await using var cluster = await DemoCluster.StartAsync(places, cancellationToken);
        await cluster.ApplyAsync(SteadyDeployment.Manifest, cancellationToken);
        var rows = await FlightRows.ReadAsync(places.Data, cancellationToken);
        var traffic = new TrafficLog();
        await using var quiet = new SentencesView(view);
        await using var watcher = new RolloutWatcher(cluster.Api, traffic, quiet, time);
        var gateways = await new DemoStory(cluster.Api, watcher, quiet, traffic).FirstVersionAsync(cancellationToken);
        await watcher.UntilAsync($"{SteadyDeployment.Name} serving", TimeSpan.FromSeconds(60), async (_, _) => await IsSteadyAsync(cluster.Api, cancellationToken), cancellationToken);

        await using var ready = new ReadyGateways(cluster.Api, gateways, time);
        await using var replay = new Replay(rows, () => ready.Now, DemoNames.Host, options.RequestsPerSecond, traffic);
        await using var steady = new Replay(rows, () => ready.Now, SteadyDeployment.Host, options.RequestsPerSecond * SteadyShare, traffic);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = Task.WhenAll(replay.RunAsync(time, stop.Token), steady.RunAsync(time, stop.Token));
        await using var sampling = new SoakSampling(file, time);
        var problems = new List<string>();
        try
        {
            await RollOutAsync(cluster.Api, watcher, sampling, cancellationToken);
        }
        catch (DemoFailure failure)
        {
            problems.Add(failure.Message);
        }

        var length = sampling.Elapsed;
        var report = SoakReport.Of(await sampling.StopAsync(), length);
        await stop.CancelAsync();
        await sending;
        problems.AddRange(report.Problems);
        problems.AddRange(traffic.UnexpectedErrors(DemoNames.BadVersion).Select(error => $"Clients saw errors that {DemoNames.BadVersion} did not answer: {error}."));
        Tell(report, traffic, length, problems);
        return problems.Count == 0 ? DemoRunner.Good : DemoRunner.Bad;
    }

    private static async Task<bool> IsSteadyAsync(ClusterApi api, CancellationToken cancellationToken) =>
        await api.GetAsync<ModelDeployment>("modeldeployments", SteadyDeployment.Name, cancellationToken) is { Status.Phase: DeploymentPhase.Serving };

    private async Task RollOutAsync(ClusterApi api, RolloutWatcher watcher, SoakSampling sampling, CancellationToken cancellationToken)
    {
        var stable = DemoNames.FirstVersion;
        for (var number = 2; sampling.Elapsed < options.Length; number++)
        {
            var version = Turns[(number - 2) % Turns.Length];
            var bad = version is DemoNames.BadVersion;
            var begun = sampling.Elapsed;
            await api.SetVersionAsync(version, cancellationToken);
            await watcher.UntilAsync($"The end of the rollout of {version}", RolloutLimit, (_, rollout) => rollout?.Spec.Number == number && rollout.Status?.FinishedAt is not null, cancellationToken);
            var status = watcher.Newest!.Status!;
            if (status.Phase != (bad ? RolloutPhase.RolledBack : RolloutPhase.Succeeded) || !string.Equals(status.Reason, bad ? RolloutReasons.Failed : RolloutReasons.Proved, StringComparison.Ordinal))
            {
                throw new DemoFailure($"{Words.Rollout(watcher.Newest)}. {status.Message}");
            }

            view.Say(FormattableString.Invariant($"[{Words.Clock(sampling.Elapsed)}] {stable} → {version}: {status.Phase}, {(sampling.Elapsed - begun).TotalSeconds:0.0} s"));
            stable = bad ? stable : version;
        }
    }

    private void Tell(SoakReport report, TrafficLog traffic, TimeSpan length, List<string> problems)
    {
        foreach (var line in report.Lines)
        {
            view.Say(line);
        }

        foreach (var (version, count) in traffic.ByVersion())
        {
            view.Say(FormattableString.Invariant($"{version}: {count.Requests} answers, {count.Errors} errors"));
        }

        foreach (var problem in problems)
        {
            view.Say(problem);
        }

        view.Say(FormattableString.Invariant($"Soaked for {length.TotalMinutes:0.0} min: ")
            + (problems.Count > 0 ? "not as it should be." : length < SoakReport.ShortestJudged ? "too short to judge whether it is flat." : "all flat."));
    }
}
