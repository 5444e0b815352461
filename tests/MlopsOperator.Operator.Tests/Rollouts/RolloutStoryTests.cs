using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Rollouts;

public sealed class RolloutStoryTests
{
    [Fact]
    public async Task The_first_version_serves_after_its_golden_request_was_answered()
    {
        await using var world = await ReleaseWorld.StartAsync();

        await ServesFirst(world);

        world.Models.Asked.Should().Be(1);
        world.Route!.Spec.Backends.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Role = BackendRole.Stable, ModelVersion = "delays-v1", Weight = 10_000 });
        world.Route.Spec.Hosts.Should().Equal("delays.prod", "delays.prod.svc", "delays.prod.svc.cluster.local");
        world.Deployment!.Status!.Phase.Should().Be(DeploymentPhase.Serving);
    }

    [Fact]
    public async Task A_good_candidate_is_promoted_with_the_same_pods_and_the_old_ones_go()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);

        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);
        var judged = PodsOf(world, "delays-v2");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);

        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        PodsOf(world, "delays-v2").Should().Contain(judged);
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v2");
        await world.UntilAsync("the old pods gone", () => PodsOf(world, "delays-v1").Count == 0);
        await world.UntilAsync("the deployment settled", () => world.Deployment!.Status is { Phase: DeploymentPhase.Serving, Stable.ModelVersion: "delays-v2", Candidate: null });
    }

    [Fact]
    public async Task A_bad_candidate_is_taken_back_and_not_tried_again()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);

        await TakesBack(world);

        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.Rollout(3).Should().BeNull("a rejected revision is not tried again unasked");
        world.Deployment!.Status!.Rejected.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v3");
    }

    [Fact]
    public async Task Another_version_in_the_middle_of_a_canary_supersedes_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.WantAsync("delays-v3");

        await world.UntilAsync("the end", () => world.Rollout(3)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Superseded);
        world.Rollout(3)!.Spec.From!.ModelVersion.Should().Be("delays-v1");
        world.Rollout(3)!.Status!.Phase.Should().Be(RolloutPhase.Succeeded);
        SequencesRise(world);
    }

    [Fact]
    public async Task Going_back_to_stable_in_the_middle_of_a_canary_takes_the_candidate_back()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.WantAsync("delays-v1");

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Reverted });
        await world.UntilAsync("the deployment ready", () => world.Deployment!.Status!.Phase == DeploymentPhase.Serving);
    }

    [Theory]
    [InlineData(RolloutPhase.Preparing)]
    [InlineData(RolloutPhase.Progressing)]
    [InlineData(RolloutPhase.Baking)]
    public async Task An_operator_that_is_killed_in_any_phase_comes_to_the_same_end(RolloutPhase phase)
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync($"{phase}", () => world.Rollout(2)?.Status?.Phase == phase);

        await world.KillOperatorAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await world.StartOperatorAsync();

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        SequencesRise(world);
    }

    [Fact]
    public async Task Deleting_the_deployment_in_the_middle_of_a_rollout_leaves_nothing()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.DeleteAsync("modeldeployments", "delays");

        await world.UntilAsync("everything gone", () => new[] { "deployments", "services", "pods", "controllerrevisions", "modelrollouts", "gatewayroutes" }.All(plural => world.List(plural).Count == 0));
    }

    [Fact]
    public async Task A_strategy_deleted_in_the_middle_of_a_rollout_does_not_disturb_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.DeleteAsync("rolloutstrategies", "quick");

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Succeeded);
        await world.UntilAsync("the missing strategy told", () => world.Deployment!.Status!.Conditions!.Any(condition => condition is { Type: "Stalled", Reason: "StrategyNotFound" }));
    }

    [Fact]
    public async Task A_lost_ControllerRevision_of_stable_does_not_keep_a_bad_candidate_in_the_traffic()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await world.WantAsync("delays-v3");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.DeleteAsync("controllerrevisions", $"delays-{world.Rollout(1)!.Spec.To.Revision}");
        world.Gateways.ErrorShares["delays-v3"] = 0.5;

        await world.UntilAsync("stable alone in the route", () => world.Route!.Spec.Backends.Single(backend => backend.ModelVersion == "delays-v1") is { Weight: 10_000, Port: 8080 });
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    [Fact]
    public async Task A_record_that_somebody_deletes_in_the_middle_of_taking_back_leaves_stable_alone_in_the_route()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);
        await world.WantAsync("delays-v1");

        await world.DeleteAsync("modelrollouts", "delays-2");

        await world.UntilAsync("stable alone in the route", () => world.Route!.Spec.Backends is [{ ModelVersion: "delays-v1", Weight: 10_000 }]);
        SequencesRise(world);
    }

    [Fact]
    public async Task PD_90_At_rest_nothing_is_written()
    {
        await using var world = await ReleaseWorld.StartAsync();
        world.Traffic = 0;
        await ServesFirst(world);
        await world.PassAsync(TimeSpan.FromSeconds(15));
        var mark = world.Cluster.Requests.Mark();

        await world.PassAsync(TimeSpan.FromMinutes(2));

        world.Cluster.Requests.Since(mark).Where(request => request.Method is not "GET" && (request.Manager is "operator" or "event-recorder" || request.Manager.StartsWith("mlops-operator-", StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Fact]
    public async Task PD_107_Nothing_of_ours_is_ever_written_to_what_the_user_wrote()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await ServesWithHistory(world);
        await TakesBack(world);

        foreach (var version in world.Cluster.History<ModelDeployment>("delays", "prod"))
        {
            version.Metadata.Labels.Should().BeNullOrEmpty();
            version.Metadata.Annotations.Should().BeNullOrEmpty();
            version.Metadata.Finalizers.Should().BeNullOrEmpty();
        }

        world.Deployment!.Metadata.Generation.Should().Be(2, "the user changed the spec once");
    }

    internal static async Task ServesFirst(ReleaseWorld world)
    {
        await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase == RolloutPhase.Succeeded);
        await world.UntilAsync("the deployment serving", () => world.Deployment!.Status!.Phase == DeploymentPhase.Serving);
    }

    internal static async Task ServesWithHistory(ReleaseWorld world)
    {
        await ServesFirst(world);
        await world.UntilAsync("60 blocks of history", () => world.Deployment!.Status!.Baseline?.Blocks >= 60);
    }

    private static async Task TakesBack(ReleaseWorld world)
    {
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
        await world.UntilAsync("stable alone", () => world.Route!.Spec.Backends is [{ ModelVersion: "delays-v1", Weight: 10_000 }] && PodsOf(world, "delays-v3").Count == 0);
    }

    private static List<string> PodsOf(ReleaseWorld world, string version)
    {
        var revision = world.List("modelrollouts").First(rollout => (string?)rollout!["spec"]!["to"]!["modelVersion"] == version)!["spec"]!["to"]!["revision"]!.GetValue<string>();
        return [.. world.List("pods").Where(pod => (string?)pod!["metadata"]!["labels"]!["mlops-operator.io/revision"] == revision).Select(pod => pod!["metadata"]!["name"]!.GetValue<string>())];
    }

    private static void SequencesRise(ReleaseWorld world)
    {
        var sequences = world.Cluster.History<GatewayRoute>("delays", "prod").Select(route => route.Spec.Sequence).ToList();
        sequences.Should().BeInAscendingOrder();
        world.Cluster.History<GatewayRoute>("delays", "prod").Should().OnlyContain(route => route.Spec.Backends.Sum(backend => backend.Weight) == 10_000);
    }
}
