using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
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

        var judged = await RollOutAsync(DemoNames.GoodVersion, 2, "a better model of the same signature", cancellationToken);
        Expect(RolloutPhase.Succeeded, RolloutReasons.Proved);
        await ExpectSamePodsAsync(judged, cancellationToken);

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
        await ExpectRouteAsync(cancellationToken);
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

    /// <summary>Rolls out a version to its end; the pods that took its first share of the traffic.</summary>
    private async Task<IReadOnlySet<string>> RollOutAsync(string version, int number, string what, CancellationToken cancellationToken)
    {
        watcher.Chapter = $"spec.modelVersionRef becomes {version}: {what}.";
        view.Say(watcher.Chapter);
        IReadOnlySet<string> judged = new HashSet<string>(StringComparer.Ordinal);
        await api.SetVersionAsync(version, cancellationToken);
        await watcher.UntilAsync(
            $"The rollout of {version}",
            TimeSpan.FromSeconds(60),
            async (_, rollout) =>
            {
                if (rollout?.Spec.Number != number)
                {
                    return false;
                }

                if (judged.Count == 0 && rollout.Status is { PromotedAt: null, Weights.Candidate: > 0 })
                {
                    judged = await api.PodsAsync(rollout.Spec.To.Revision, cancellationToken);
                }

                return rollout.Status?.FinishedAt is not null;
            },
            cancellationToken);
        return judged;
    }

    /// <summary>A promotion must keep the pods that were judged: others would be unproved.</summary>
    private async Task ExpectSamePodsAsync(IReadOnlySet<string> judged, CancellationToken cancellationToken)
    {
        var present = await api.PodsAsync(watcher.Newest!.Spec.To.Revision, cancellationToken);
        if (PromotionCheck.Pods(judged, present) is { } problem)
        {
            throw new DemoFailure(problem);
        }

        view.Say(FormattableString.Invariant($"The {judged.Count} pods that were judged at the first weight are those that serve now."));
    }

    /// <summary>The route itself, not only what a status says of it.</summary>
    private async Task ExpectRouteAsync(CancellationToken cancellationToken)
    {
        var route = await api.GetAsync<GatewayRoute>("gatewayroutes", DemoNames.Deployment, cancellationToken);
        if (PromotionCheck.Route(route) is { } problem)
        {
            throw new DemoFailure(problem);
        }

        view.Say($"The route sends {PromotionCheck.Shares(route)}.");
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
