using MlopsOperator.Api;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.DevCluster.Nodes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Rollouts;

/// <summary>Bad input gets a clear answer, is never half applied, and never stops what serves.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("""{"modelVersionRef":{"name":"nope"}}""", "ModelVersionNotFound", "nope")]
    [InlineData("""{"modelVersionRef":{"name":"delays-v2"},"runtimeRef":{"name":"nope"}}""", "RuntimeNotFound", "such as onnx")]
    [InlineData("""{"modelVersionRef":{"name":"delays-v2"},"strategyRef":{"name":"nope"}}""", "StrategyNotFound", "nope")]
    [InlineData("""{"modelVersionRef":{"name":"other-format"}}""", "UnsupportedFormat", "pickle")]
    public async Task BI_5_A_reference_that_leads_nowhere_stalls_the_deployment_and_what_serves_serves_on(string spec, string reason, string words)
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.ApplyAsync(Manifests.Version("other-format", '4', "pickle"));

        await world.PatchAsync("modeldeployments", "delays", "{\"spec\":" + spec + "}");

        await world.UntilAsync(reason, () => Find(world, ConditionTypes.Stalled)?.Reason == reason);
        Find(world, ConditionTypes.Stalled)!.Message.Should().Contain(words);
        Find(world, ConditionTypes.Available)!.Status.Should().Be("True");
        world.Rollout(2).Should().BeNull();
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v1");
    }

    [Fact]
    public async Task BI_5_A_reference_that_is_mended_lets_the_rollout_begin()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.WantAsync("later");
        await world.UntilAsync("stalled", () => Find(world, ConditionTypes.Stalled) is not null);

        await world.ApplyAsync(Manifests.Version("later", '5'));

        await world.UntilAsync("the rollout", () => world.Rollout(2) is not null);
    }

    [Fact]
    public async Task An_artifact_whose_digest_differs_is_named_and_never_served()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);

        await WantAsync(world, "delays-v2", rule => rule.InitFails("""{"reason":"ArtifactMismatch","expected":"sha256:22","got":"sha256:ff"}""", exitCode: 10));

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.RolledBack);
        world.Rollout(2)!.Status!.Message.Should().Contain("ArtifactMismatch").And.Contain("sha256:ff");
        await world.UntilAsync("the deployment saying so", () => Find(world, ConditionTypes.Stalled)?.Message.Contains("ArtifactMismatch", StringComparison.Ordinal) == true);
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v1");
    }

    [Fact]
    public async Task A_model_that_never_gets_ready_is_taken_back_at_the_progress_deadline_with_its_own_words()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"progressDeadline":"20s"}}""");

        await WantAsync(world, "delays-v2", rule => rule.NeverReady());

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.DeadlineExceeded });
        world.Rollout(2)!.Status!.Message.Should().Contain("20s").And.Contain("bad magic");
    }

    [Fact]
    public async Task PD_2_A_first_version_that_never_gets_ready_is_stalled_and_its_pods_are_kept_for_a_look()
    {
        await using var world = await ReleaseWorld.StartAsync(pods => pods.Label("mlops-operator.io/deployment", "delays", rule => rule.NeverReady()));
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"progressDeadline":"20s"}}""");

        await world.UntilAsync("stalled", () => Find(world, ConditionTypes.Stalled)?.Reason == RolloutReasons.DeadlineExceeded);

        world.Deployment!.Status!.Phase.Should().Be(DeploymentPhase.Degraded);
        world.List("pods").Should().HaveCount(2);
        world.Route.Should().BeNull("its host answers 404 until there is something to route to");
    }

    [Fact]
    public async Task PD_5_A_golden_request_with_a_wrong_answer_keeps_all_traffic_away()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        world.Models.Answer = """{"outputs":[{"name":"label","datatype":"INT64","shape":[1],"data":[0]}]}""";

        await world.WantAsync("delays-v2");

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.TestFailed });
        world.Rollout(2)!.Status!.Message.Should().Contain("'label'[0]: expected 1, found 0");
        world.Cluster.History<Api.Routes.GatewayRoute>("delays", "prod").Should().NotContain(route => route.Spec.Backends.Any(backend => backend.ModelVersion == "delays-v2" && backend.Weight > 0));
    }

    [Fact]
    public async Task PD_100_BI_11_Of_two_deployments_that_claim_a_host_the_older_keeps_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"traffic":{"hosts":["shared.example.com"]}}}""");
        await RolloutStoryTests.ServesFirst(world);

        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: newer, namespace: prod}
            spec: {modelVersionRef: {name: delays-v2}, traffic: {hosts: [shared.example.com]}}
            """);

        await world.UntilAsync("the conflict", () => world.Read<ModelDeployment>("modeldeployments", "newer")?.Status?.Conditions?.Any(condition => condition.Type == ConditionTypes.HostConflict) == true);
        await world.UntilAsync("the newer's route", () => world.Read<Api.Routes.GatewayRoute>("gatewayroutes", "newer") is not null);
        world.Read<Api.Routes.GatewayRoute>("gatewayroutes", "newer")!.Spec.Hosts.Should().NotContain("shared.example.com");
        world.Route!.Spec.Hosts.Should().Contain("shared.example.com");
    }

    [Fact]
    public async Task A_stranger_that_lists_a_deployments_own_name_does_not_get_its_traffic_though_it_was_there_first()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: stranger, namespace: prod}
            spec: {modelVersionRef: {name: delays-v2}, traffic: {hosts: [other.prod.svc]}}
            """);
        await world.UntilAsync("the stranger's route", () => Hosts(world, "stranger").Contains("other.prod.svc"));

        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: other, namespace: prod}
            spec: {modelVersionRef: {name: delays-v1}}
            """);

        await world.UntilAsync("the name's own route", () => Hosts(world, "other").Contains("other.prod.svc"));
        await world.UntilAsync("the stranger's route without it", () => !Hosts(world, "stranger").Contains("other.prod.svc"));
        await world.UntilAsync(
            "the stranger told",
            () => world.Read<ModelDeployment>("modeldeployments", "stranger")!.Status!.Conditions!.Any(condition => condition is { Type: ConditionTypes.Stalled, Reason: "HostConflict" } && condition.Message.Contains("prod/other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PD_21_BI_11_No_request_reached_the_candidate_so_it_is_held_and_neither_passed_nor_failed()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        world.Traffic = 0;

        await world.WantAsync("delays-v2");

        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        world.Rollout(2)!.Status!.Weights!.Candidate.Should().Be(1000);
        world.Rollout(2)!.Status!.FinishedAt.Should().BeNull();
    }

    [Fact]
    public async Task PD_26_A_data_plane_that_cannot_be_scraped_holds_the_rollout_and_it_goes_on_by_itself()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        world.Gateways.AreUnreachable = true;
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Rollout(2)!.Status!.Weights!.Candidate.Should().Be(1000);

        world.Gateways.AreUnreachable = false;
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Succeeded);
    }

    /// <summary>Asks for a version whose pods behave badly.</summary>
    private static async Task WantAsync(ReleaseWorld world, string version, Action<PodRule> behaviour)
    {
        await world.WantAsync(version);
        await world.UntilAsync("the wish", () => world.Deployment!.Status!.Wanted!.ModelVersion == version);
        world.Pods.Label(WellKnown.RevisionLabel, world.Deployment!.Status!.Wanted!.Revision, behaviour);
    }

    private static IReadOnlyList<string> Hosts(ReleaseWorld world, string deployment) =>
        world.Read<Api.Routes.GatewayRoute>("gatewayroutes", deployment)?.Spec.Hosts ?? [];

    private static Condition? Find(ReleaseWorld world, string type) => world.Deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
