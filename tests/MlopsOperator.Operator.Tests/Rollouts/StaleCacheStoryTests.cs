using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Rollouts;

/// <summary>The caches may be minutes behind what is there, and behind what the operator itself has written.</summary>
public sealed class StaleCacheStoryTests
{
    [Fact]
    public async Task A_weight_is_not_raised_for_pods_that_only_a_late_watch_still_shows_ready()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase is RolloutPhase.Succeeded);
        await world.PatchAsync("rolloutstrategies", "quick", """{"spec":{"canary":{"steps":[{"weight":"10%","wait":"1m"},{"weight":"50%","wait":"1s"}]}}}""");
        await world.PassAsync(TimeSpan.FromSeconds(30));
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status is { Weights.Candidate: 1000, Step.AcknowledgedAt: not null });
        world.KillOperator();
        world.Cluster.Faults.On("watch", "endpointslices", manager: "operator").Lag(TimeSpan.FromMinutes(10));
        world.StartOperator();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromMinutes(3)));
        await world.DeleteAsync("pods", world.List("pods").Select(pod => (string)pod!["metadata"]!["name"]!).Single(name => name.StartsWith($"delays-{world.Rollout(2)!.Spec.To.Revision}", StringComparison.Ordinal)));
        await world.PassAsync(TimeSpan.FromMinutes(2));

        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Progressing);
        world.Cluster.History<GatewayRoute>("delays", "prod").SelectMany(route => route.Spec.Backends).Where(backend => backend.ModelVersion is "delays-v2")
            .Should().OnlyContain(backend => backend.Weight <= 1000, "it has no pod that is ready");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null, TimeSpan.FromMinutes(15));
        world.Rollout(2)!.Status!.Reason.Should().Be(RolloutReasons.Proved);
    }

    [Fact]
    public async Task A_candidate_that_was_removed_is_not_made_again_for_a_late_watch_that_still_shows_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase is RolloutPhase.Succeeded);
        await world.PassAsync(TimeSpan.FromSeconds(30));
        await world.WantAsync("delays-v3");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status is { Weights.Candidate: 1000 });
        world.KillOperator();
        world.Cluster.Faults.On("watch", "deployments", manager: "operator").Lag(TimeSpan.FromMinutes(10));
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        world.StartOperator();
        var mark = world.Cluster.Requests.Mark();

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.RolledBack);
        world.List("deployments").Should().NotContain(one => ((string)one!["metadata"]!["name"]!).EndsWith(world.Rollout(2)!.Spec.To.Revision, StringComparison.Ordinal));
        var after = world.Cluster.Requests.Since(mark).Where(request => request.Manager is "mlops-operator-rollouts" || request.Method is "DELETE").ToList();
        after.Should().NotContain(request => request.Status == 201, "nothing is made");
        after.Count(request => request.Method is "DELETE" && request.Path.Contains("/deployments/", StringComparison.Ordinal)).Should().Be(1);
    }
}
