using System.Text.Json.Nodes;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class TotalFailureTests
{
    private const int RouteWeek = 9;

    private const string Strategy = """
        apiVersion: mlops-operator.io/v1alpha1
        kind: RolloutStrategy
        metadata: {name: quick, namespace: demo}
        spec:
          canary: {steps: [{weight: 50%, wait: 1s}]}
          analysis: {interval: 250ms, metrics: [{name: errors, errorRate: {ceiling: 5%, ratio: 1.5, floor: 0.1%}, required: true}]}
          capacity: {minPods: 2}
          bake: 2s
        """;

    /// <summary>
    /// The bad version passes its golden requests and then fails on every request it gets, as only rows without route_week are sent: 60 a second to it,
    /// blocks of 250 ms.
    /// </summary>
    [Fact]
    public async Task A_candidate_that_fails_every_request_is_off_the_traffic_within_three_seconds_of_its_first()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(120, LacksRouteWeek, cancellation);
        await demo.Cluster.ApplyAsync(Strategy, cancellation);
        await demo.Watcher.UntilAsync("history of the first version", TimeSpan.FromSeconds(60), (deployment, _) => deployment?.Status?.Baseline?.Blocks >= 8, cancellation);

        await demo.Api.SetVersionAsync(DemoNames.BadVersion, cancellation);
        await demo.Watcher.UntilAsync("the end of the rollout", TimeSpan.FromSeconds(90), (_, rollout) => rollout is { Spec.Number: 2, Status.FinishedAt: not null }, cancellation);
        await demo.StopTrafficAsync();

        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
        var (first, last) = demo.Traffic.Times(DemoNames.BadVersion);
        (last - first).Should().BeLessThan(TimeSpan.FromSeconds(3));
        demo.Traffic.ByVersion()[DemoNames.BadVersion].Should().Match<AnswerCount>(count => count.Errors == count.Requests && count.Errors > 0);
        demo.Traffic.UnexpectedErrors(DemoNames.BadVersion).Should().BeEmpty();
    }

    private static bool LacksRouteWeek(FlightRow row) => JsonNode.Parse(row.Body)!["inputs"]![0]!["data"]![RouteWeek] is null;
}
