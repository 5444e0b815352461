using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The story: a first version serves, a good one is promoted, a bad one is taken back.</summary>
internal sealed class CanaryScenario(ClusterApi api, RolloutWatcher watcher, IDemoView view, TrafficLog traffic)
{
    // Blocks of stable's history that make a verdict on a ceiling possible in seconds rather than in 240 blocks.
    private const double HistoryBlocks = 60;

    /// <summary>Waits until the gateways are up and the first version serves.</summary>
    public async Task<IReadOnlyList<Uri>> FirstVersionAsync(CancellationToken cancellationToken)
    {
        watcher.Chapter = $"{DemoNames.FirstVersion} comes up: the operator makes its pods, tries its golden requests, and only then routes traffic to it.";
        view.Say(watcher.Chapter);
        IReadOnlyList<Uri> gateways = [];
        await watcher.UntilAsync(
            $"{DemoNames.FirstVersion} serving",
            TimeSpan.FromSeconds(60),
            (_, rollout) => rollout?.Status?.Phase == RolloutPhase.Succeeded,
            cancellationToken);
        await watcher.UntilAsync(
            "two gateways being ready",
            TimeSpan.FromSeconds(30),
            async (_, _) => (gateways = await api.GatewaysAsync(cancellationToken)).Count >= 2,
            cancellationToken);
        return gateways;
    }

    /// <summary>Rolls out the good version, then the bad one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        watcher.Chapter = $"Traffic flows to {DemoNames.FirstVersion}; its history is what verdicts will be held against.";
        view.Say(watcher.Chapter);
        await watcher.UntilAsync(
            FormattableString.Invariant($"{HistoryBlocks} blocks of history of {DemoNames.FirstVersion}"),
            TimeSpan.FromSeconds(40),
            (deployment, _) => deployment?.Status?.Baseline?.Blocks >= HistoryBlocks,
            cancellationToken);

        await RollOutAsync(DemoNames.GoodVersion, 2, "a better model of the same signature", cancellationToken);
        Expect(RolloutPhase.Succeeded, RolloutReasons.Proved);

        await RollOutAsync(DemoNames.BadVersion, 3, "a model that fails on rows with a missing value; its own golden request has none", cancellationToken);
        Expect(RolloutPhase.RolledBack, RolloutReasons.Failed);

        watcher.Chapter = $"{DemoNames.BadVersion} is still what the spec asks for, and is not tried again.";
        view.Say(watcher.Chapter);
        var settled = watcher.Elapsed + TimeSpan.FromSeconds(3);
        await watcher.UntilAsync(
            $"{DemoNames.GoodVersion} serving everything again",
            TimeSpan.FromSeconds(20),
            (deployment, _) => watcher.Elapsed >= settled && deployment?.Status is { LastRollout: 3, Candidate: null, Stable.ModelVersion: DemoNames.GoodVersion },
            cancellationToken);
    }

    /// <summary>What clients saw must not be worse than what the bad version itself answered.</summary>
    public void CheckTraffic()
    {
        var unexpected = traffic.UnexpectedErrors(DemoNames.BadVersion);
        if (unexpected.Count > 0)
        {
            throw new DemoFailure($"Clients saw errors that {DemoNames.BadVersion} did not answer: {string.Join(", ", unexpected)}.");
        }
    }

    private async Task RollOutAsync(string version, int number, string what, CancellationToken cancellationToken)
    {
        watcher.Chapter = $"spec.modelVersionRef becomes {version}: {what}.";
        view.Say(watcher.Chapter);
        await api.SetVersionAsync(version, cancellationToken);
        await watcher.UntilAsync(
            $"The rollout of {version}",
            TimeSpan.FromSeconds(60),
            (_, rollout) => rollout?.Spec.Number == number && rollout.Status?.FinishedAt is not null,
            cancellationToken);
    }

    private void Expect(RolloutPhase phase, string outcome)
    {
        if (watcher.Newest is not { Status: { } status } rollout || status.Phase != phase || !string.Equals(status.Reason, outcome, StringComparison.Ordinal))
        {
            throw new DemoFailure($"{Words.Rollout(watcher.Newest)}; expected {phase} ({outcome}). {watcher.Newest?.Status?.Message}");
        }

        view.Say($"{rollout.Metadata.Name}: {status.Message}");
    }
}
