using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What scenarios have in common: versions that are asked for, and what is expected of their rollouts.</summary>
internal sealed class DemoStory(ClusterApi api, RolloutWatcher watcher, IDemoView view, TrafficLog traffic)
{
    // Blocks of stable's history that make a verdict on a ceiling possible in seconds rather than in 240 blocks.
    private const double HistoryBlocks = 60;

    private int _number = 1;

    /// <summary>The newest rollout.</summary>
    public ModelRollout? Newest => watcher.Newest;

    /// <summary>Tells what comes next.</summary>
    public void Begin(string chapter)
    {
        watcher.Chapter = chapter;
        view.Say(chapter);
    }

    /// <summary>Tells a sentence.</summary>
    public void Say(string sentence) => view.Say(sentence);

    /// <summary>Waits until the gateways are up and the first version serves.</summary>
    public async Task<IReadOnlyList<Uri>> FirstVersionAsync(CancellationToken cancellationToken)
    {
        Begin($"{DemoNames.FirstVersion} comes up: the operator makes its pods, tries its golden requests, and only then routes traffic to it.");
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

    /// <summary>Waits until enough of the first version's history is saved to hold verdicts against.</summary>
    public async Task HistoryAsync(CancellationToken cancellationToken)
    {
        Begin($"Traffic flows to {DemoNames.FirstVersion}; its history is what verdicts will be held against.");
        await watcher.UntilAsync(
            FormattableString.Invariant($"{HistoryBlocks} blocks of history of {DemoNames.FirstVersion}"),
            TimeSpan.FromSeconds(40),
            (deployment, _) => deployment?.Status?.Baseline?.Blocks >= HistoryBlocks,
            cancellationToken);
    }

    /// <summary>What serves now must go on to serve: not one request may fail for two seconds.</summary>
    public async Task ExpectNoErrorsAsync(CancellationToken cancellationToken)
    {
        var before = traffic.Total();
        var end = watcher.Elapsed + TimeSpan.FromSeconds(2);
        await watcher.UntilAsync("Two seconds of traffic", TimeSpan.FromSeconds(10), (_, _) => watcher.Elapsed >= end, cancellationToken);
        if (traffic.Total().Since(before) is { Errors: > 0 } since)
        {
            throw new DemoFailure(FormattableString.Invariant($"{since.Errors} of {since.Requests} requests failed after {Newest?.Metadata.Name} had ended and {DemoNames.GoodVersion} served."));
        }
    }

    /// <summary>Asks for a version and follows its rollout to the end; the pods that took its first share of the traffic.</summary>
    /// <param name="version">The version.</param>
    /// <param name="what">What it is, to be told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="look">Looks at every version of the rollout.</param>
    public async Task<IReadOnlySet<string>> RollOutAsync(string version, string what, CancellationToken cancellationToken, Action<ModelRollout>? look = null)
    {
        Begin($"spec.modelVersionRef becomes {version}: {what}.");
        IReadOnlySet<string> judged = new HashSet<string>(StringComparer.Ordinal);
        var number = ++_number;
        await api.SetVersionAsync(version, cancellationToken);
        await watcher.UntilAsync(
            $"The rollout of {version}",
            TimeSpan.FromSeconds(90),
            async (_, rollout) =>
            {
                if (rollout?.Spec.Number != number)
                {
                    return false;
                }

                look?.Invoke(rollout);
                if (judged.Count == 0 && rollout.Status is { PromotedAt: null, Weights.Candidate: > 0 })
                {
                    judged = await api.PodsAsync(rollout.Spec.To.Revision, cancellationToken);
                }

                return rollout.Status?.FinishedAt is not null;
            },
            cancellationToken);
        return judged;
    }

    /// <summary>How the newest rollout must have ended.</summary>
    public void Expect(RolloutPhase phase, string outcome)
    {
        if (watcher.Newest is not { Status: { } status } rollout || status.Phase != phase || !string.Equals(status.Reason, outcome, StringComparison.Ordinal))
        {
            throw new DemoFailure($"{Words.Rollout(watcher.Newest)}; expected {phase} ({outcome}). {watcher.Newest?.Status?.Message}");
        }

        view.Say($"{rollout.Metadata.Name}: {status.Message}");
    }

    /// <summary>What was taken back is not tried again, and the good version serves everything.</summary>
    public async Task ExpectRejectedAsync(string bad, CancellationToken cancellationToken)
    {
        Begin($"{bad} is still what the spec asks for, and is not tried again.");
        var settled = watcher.Elapsed + TimeSpan.FromSeconds(3);
        await watcher.UntilAsync(
            $"{DemoNames.GoodVersion} serving everything again",
            TimeSpan.FromSeconds(20),
            (deployment, _) => watcher.Elapsed >= settled && deployment?.Status is { Candidate: null, Stable: { ModelVersion: DemoNames.GoodVersion, Ready: > 0 } } status && status.LastRollout == _number,
            cancellationToken);
        await ExpectRouteAsync(cancellationToken);
    }

    /// <summary>A promotion must keep the pods that were judged: others would be unproved.</summary>
    public async Task ExpectSamePodsAsync(IReadOnlySet<string> judged, CancellationToken cancellationToken)
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
}
