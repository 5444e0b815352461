using k8s;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Processes;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>Nobody judging, nobody exposed, with real processes: an operator that is paused or killed, a gateway that is cut off or hangs.</summary>
[Collection(nameof(WholeMachine))]
public sealed class ExposureLeaseTests
{
    private const string Strategy = """
        apiVersion: mlops-operator.io/v1alpha1
        kind: RolloutStrategy
        metadata: {name: quick, namespace: demo}
        spec:
          canary: {steps: [{weight: 50%, wait: 12s}]}
          analysis: {interval: 250ms, metrics: [{name: errors, errorRate: {ceiling: 5%, ratio: 1.5, floor: 0.1%}, required: true}]}
          capacity: {minPods: 2}
          bake: 2s
        """;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>For a scrape and for answers that are under way, on a machine that is busy.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_candidate_gets_nothing_a_lease_after_its_operator_was_paused_or_killed_and_the_rollout_goes_on_afterwards()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(120, _ => true, cancellation);
        await PrepareAsync(demo, cancellation);
        await ExposeAsync(demo, DemoNames.GoodVersion, 2, cancellation);

        var paused = Now;
        await Signals.SendAsync("STOP", Operators());
        try
        {
            await NothingAsync(demo, paused, cancellation);
        }
        finally
        {
            await Signals.SendAsync("CONT", Operators());
        }

        await SomethingAsync(demo, cancellation);

        // Stopped first, so that it can put nothing in order; without pods, so that no other takes its place.
        var killed = Now;
        var operators = Operators();
        await Signals.SendAsync("STOP", operators);
        await demo.Cluster.ApplyAsync((await OperatorAsync(cancellation)).Replace("  replicas: 2", "  replicas: 0", StringComparison.Ordinal), cancellation);
        await Signals.SendAsync("KILL", operators);
        await NothingAsync(demo, killed, cancellation);
        await demo.Cluster.ApplyAsync(await OperatorAsync(cancellation), cancellation);
        await SomethingAsync(demo, cancellation);

        await demo.Watcher.UntilAsync("the end", TimeSpan.FromSeconds(120), (_, rollout) => rollout is { Spec.Number: 2, Status.FinishedAt: not null }, cancellation);
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        demo.Watcher.Newest.Status!.History.Should().Contain(entry => entry.Event == "ExposureLapsed");
        await demo.StopTrafficAsync();
        demo.Traffic.UnexpectedErrors("").Should().BeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_is_cut_off_exposes_nobody_and_one_that_hangs_keeps_no_bad_candidate_in_place()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(120, _ => true, cancellation, gateways => [gateways[0]]);
        await PrepareAsync(demo, cancellation);
        var other = (await demo.Api.GatewaysAsync(cancellation)).Single(gateway => !demo.Gateways.Contains(gateway));
        using var client = new GatewayClient(other, await FlightRows.ReadAsync(DemoPlaces.Find().Data, cancellation));

        // No endpoint of the Service any more: it serves on, and no scrape reaches it.
        await ExposeAsync(demo, DemoNames.GoodVersion, 2, cancellation);
        await AnswersAsync(demo, client, versions => versions.Contains(DemoNames.GoodVersion), "the candidate from both gateways", cancellation);
        await LabelAsync(demo, other, "cut-off", cancellation);
        await AnswersAsync(demo, client, versions => !versions.Contains(DemoNames.GoodVersion), "the candidate from none but the gateway that is scraped", cancellation);
        await SomethingAsync(demo, cancellation);
        (await client.VersionsAsync(cancellation)).Should().Equal(DemoNames.FirstVersion);
        await LabelAsync(demo, other, "mlops-gateway", cancellation);
        await demo.Watcher.UntilAsync("the end of the good rollout", TimeSpan.FromSeconds(120), (_, rollout) => rollout is { Spec.Number: 2, Status.FinishedAt: not null }, cancellation);
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        await AnswersAsync(demo, client, versions => versions.Count == 1 && versions.Contains(DemoNames.GoodVersion), "the new stable from both gateways", cancellation);

        // It hangs with the route that exposes the bad version, and can confirm no other.
        await demo.Api.SetVersionAsync(DemoNames.BadVersion, cancellation);
        await AnswersAsync(demo, client, versions => versions.Contains(DemoNames.BadVersion), "the bad candidate", cancellation);
        var process = Gateway(other);
        await Signals.SendAsync("STOP", process);
        try
        {
            await demo.Watcher.UntilAsync(
                "the traffic's removal to be confirmed by the lease", TimeSpan.FromSeconds(25), (_, rollout) => rollout is { Spec.Number: 3, Status.TrafficRemovedAt: not null }, cancellation);
            ProcessTree.IsAlive(process).Should().BeTrue("it has confirmed nothing");
        }
        finally
        {
            await Signals.SendAsync("CONT", process);
        }

        (await client.VersionsAsync(cancellation)).Should().Equal([DemoNames.GoodVersion], "its own clock told it that nobody judges");
        await demo.Watcher.UntilAsync("the end of the bad rollout", TimeSpan.FromSeconds(120), (_, rollout) => rollout is { Spec.Number: 3, Status.FinishedAt: not null }, cancellation);
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
        await demo.StopTrafficAsync();
        demo.Traffic.UnexpectedErrors(DemoNames.BadVersion).Should().BeEmpty();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A short lease, a strategy that leaves time to disturb it, and enough history to judge by.</summary>
    private static async Task PrepareAsync(RunningDemo demo, CancellationToken cancellationToken)
    {
        await demo.Cluster.ApplyAsync(Strategy, cancellationToken);
        await demo.Cluster.ApplyAsync(await OperatorAsync(cancellationToken), cancellationToken);
        await demo.Watcher.UntilAsync(
            "two operators with a short lease",
            TimeSpan.FromSeconds(90),
            (_, _) => Operators() is { Count: 2 } operators && operators.All(id => ProcessTree.CommandLine(id).Contains(Option, StringComparison.Ordinal)),
            cancellationToken);
        await demo.Watcher.UntilAsync("history of the first version", TimeSpan.FromSeconds(90), (deployment, _) => deployment?.Status?.Baseline?.Blocks >= 60, cancellationToken);
    }

    private static string Option => FormattableString.Invariant($"--exposure-lease={Lease.TotalSeconds}s");

    private static async Task<string> OperatorAsync(CancellationToken cancellationToken)
    {
        const string Before = "            - --leader-election=true";
        var manifest = await File.ReadAllTextAsync(Path.Combine(DemoPlaces.Find().SystemManifests, "20-operator.yaml"), cancellationToken);
        manifest.Should().Contain(Before).And.Contain("  replicas: 2");
        return manifest.Replace(Before, $"            - {Option}\n{Before}", StringComparison.Ordinal);
    }

    private static async Task ExposeAsync(RunningDemo demo, string version, int number, CancellationToken cancellationToken)
    {
        await demo.Api.SetVersionAsync(version, cancellationToken);
        await demo.Watcher.UntilAsync(
            $"traffic to {version}",
            TimeSpan.FromSeconds(60),
            (_, rollout) => rollout?.Spec.Number == number && rollout.Status?.Weights?.Candidate == 5000 && demo.Traffic.ByVersion().ContainsKey(version),
            cancellationToken);
    }

    /// <summary>Clients get no more answers from the candidate, the last one a lease after a moment, and stable serves on.</summary>
    private static async Task NothingAsync(RunningDemo demo, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await demo.Watcher.UntilAsync(
            "the candidate getting nothing", TimeSpan.FromSeconds(25), (_, _) => Now - demo.Traffic.Times(DemoNames.GoodVersion).Last > Margin, cancellationToken);
        (demo.Traffic.Times(DemoNames.GoodVersion).Last - since).Should().BeLessThan(Lease + Margin);
        (Now - demo.Traffic.Times(DemoNames.FirstVersion).Last).Should().BeLessThan(Margin);
    }

    private static async Task SomethingAsync(RunningDemo demo, CancellationToken cancellationToken)
    {
        var before = demo.Traffic.ByVersion()[DemoNames.GoodVersion].Requests;
        await demo.Watcher.UntilAsync(
            "the candidate getting requests", TimeSpan.FromSeconds(60), (_, _) => demo.Traffic.ByVersion()[DemoNames.GoodVersion].Requests > before + 10, cancellationToken);
    }

    private static Task AnswersAsync(RunningDemo demo, GatewayClient client, Func<IReadOnlySet<string>, bool> wanted, string what, CancellationToken cancellationToken) =>
        demo.Watcher.UntilAsync(what, TimeSpan.FromSeconds(60), async (_, _) => wanted(await client.VersionsAsync(cancellationToken)), cancellationToken);

    private static List<int> Operators() => [.. PodProcess.All().Where(process => process.Program is "Operator").Select(process => process.Id)];

    private static int Gateway(Uri address) =>
        PodProcess.All().Single(process => process.Program is "Gateway" && string.Equals(process.Address, address.Host, StringComparison.Ordinal)).Id;

    /// <summary>Gives a gateway's pod another name for the Service's selector to find, or the right one.</summary>
    private static async Task LabelAsync(RunningDemo demo, Uri gateway, string name, CancellationToken cancellationToken)
    {
        using var api = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(demo.Cluster.Kubeconfig));
        var pods = await api.CoreV1.ListNamespacedPodAsync(DemoNames.SystemNamespace, cancellationToken: cancellationToken);
        var pod = pods.Items.Single(one => string.Equals(one.Status?.PodIP, gateway.Host, StringComparison.Ordinal));
        await demo.Cluster.ApplyAsync(
            $"{{apiVersion: v1, kind: Pod, metadata: {{name: {pod.Metadata.Name}, namespace: {DemoNames.SystemNamespace}, labels: {{app.kubernetes.io/name: {name}}}}}}}", cancellationToken);
    }
}
