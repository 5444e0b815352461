using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class KilledPodsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <summary>The end that the rollout comes to must not depend on who dies, and a client must notice nothing but what the dead process was working on.</summary>
    [Fact]
    public async Task Every_pod_killed_once_during_rollouts_costs_only_the_requests_in_flight_on_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(300, _ => true, cancellation);
        await demo.Watcher.UntilAsync("history of the first version", Patience, (deployment, _) => deployment?.Status?.Baseline?.Blocks >= 60, cancellation);

        await demo.Api.SetVersionAsync(DemoNames.GoodVersion, cancellation);
        await demo.Watcher.UntilAsync("traffic to the candidate", Patience, (_, rollout) => rollout?.Spec.Number == 2 && rollout.Status?.Weights?.Candidate > 0, cancellation);
        // Else the rollout might end before everybody has died. A candidate that seems to fail is taken back all the same.
        await demo.Api.SetPausedAsync(true, cancellation);
        var (stable, candidate) = (await PodsAsync(demo, demo.Watcher.Newest!.Spec.From!.Revision, cancellation), await PodsAsync(demo, demo.Watcher.Newest!.Spec.To.Revision, cancellation));
        var system = await demo.Api.PodsOfAsync(DemoNames.SystemNamespace, cancellation);
        var (gateways, operators) = (Named(system, "mlops-gateway"), Named(system, "mlops-operator"));
        new[] { stable, candidate, gateways, operators }.Should().OnlyContain(pods => pods.Count == 2);

        // One of each kind at a time: it is back before the second goes.
        var kills = new List<PodKill>();
        for (var index = 0; index < 2; index++)
        {
            kills.AddRange(await Task.WhenAll(
                PodKill.KillAsync(demo.Api, DemoNames.Namespace, candidate[index], DemoNames.GoodVersion, cancellation),
                PodKill.KillAsync(demo.Api, DemoNames.Namespace, stable[index], DemoNames.FirstVersion, cancellation),
                PodKill.KillAsync(demo.Api, DemoNames.SystemNamespace, gateways[index], "", cancellation),
                PodKill.KillAsync(demo.Api, DemoNames.SystemNamespace, operators[index], "", cancellation)));
        }

        await demo.Api.SetPausedAsync(false, cancellation);
        await demo.Watcher.UntilAsync("the end of the good rollout", Patience, (_, rollout) => rollout is { Spec.Number: 2, Status.FinishedAt: not null }, cancellation);
        var promoted = demo.Watcher.Newest!.Status;
        await demo.Api.SetVersionAsync(DemoNames.BadVersion, cancellation);
        await demo.Watcher.UntilAsync("traffic to the bad candidate", Patience, (_, rollout) => rollout?.Spec.Number == 3 && rollout.Status?.Weights?.Candidate > 0, cancellation);
        var bad = await PodsAsync(demo, demo.Watcher.Newest!.Spec.To.Revision, cancellation);
        kills.Add(await PodKill.KillAsync(demo.Api, DemoNames.Namespace, bad[0], DemoNames.BadVersion, cancellation));
        await demo.Watcher.UntilAsync("the end of the bad rollout", Patience, (_, rollout) => rollout is { Spec.Number: 3, Status.FinishedAt: not null }, cancellation);
        await demo.StopTrafficAsync();

        var failures = demo.Traffic.Failures(DemoNames.BadVersion);
        foreach (var kill in kills)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(kill.Told(failures.Count(kill.Explains)));
        }

        promoted.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
        failures.Where(failure => !kills.Exists(kill => kill.Explains(failure))).Select(failure => failure.ToString()).Should().BeEmpty();
        demo.Traffic.ByVersion().Values.Sum(count => count.Requests).Should().BeGreaterThan(10 * failures.Count, "almost every request was answered");
    }

    private static async Task<List<SeenPod>> PodsAsync(RunningDemo demo, string revision, CancellationToken cancellationToken) =>
        [.. (await demo.Api.PodsOfAsync(DemoNames.Namespace, cancellationToken)).Where(pod => string.Equals(pod.Revision, revision, StringComparison.Ordinal))];

    private static List<SeenPod> Named(IReadOnlyList<SeenPod> pods, string prefix) =>
        [.. pods.Where(pod => pod.Name.StartsWith(prefix, StringComparison.Ordinal))];
}
