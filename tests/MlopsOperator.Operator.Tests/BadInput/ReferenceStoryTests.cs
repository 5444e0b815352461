using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>References that lead to nothing, to what goes, or to something else than before.</summary>
public sealed class ReferenceStoryTests
{
    [Theory]
    [InlineData("modelversions", "delays-v2", """{"modelVersionRef":{"name":"delays-v2"}}""", "ModelVersionNotFound")]
    [InlineData("rolloutstrategies", "spare", """{"strategyRef":{"name":"spare"}}""", "StrategyNotFound")]
    [InlineData("clusterrolloutstrategies", "spare", """{"strategyRef":{"kind":"ClusterRolloutStrategy","name":"spare"}}""", "StrategyNotFound")]
    [InlineData("clustermodelruntimes", "spare", """{"runtimeRef":{"name":"spare"}}""", "RuntimeNotFound")]
    public async Task BI_5_What_is_being_deleted_is_not_used_any_more(string plural, string name, string spec, string reason)
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.ApplyAsync(Spares);
        await RolloutStoryTests.ServesFirst(world);
        await world.PatchAsync(plural, name, """{"metadata":{"finalizers":["example.com/audit"]}}""");
        await world.DeleteAsync(plural, name);

        await world.PatchAsync("modeldeployments", "delays", "{\"spec\":" + spec + "}");

        await world.UntilAsync(reason, () => Stalled(world)?.Reason == reason);
        Stalled(world)!.Value.Message.Should().Contain($"found \"{name}\", which is being deleted");
        await world.UntilAsync("the Event", () => Told.Warnings(world, "delays", reason).Count > 0);
        await world.PatchAsync(plural, name, """{"metadata":{"finalizers":null}}""");
        await world.UntilAsync("it gone", () => Stalled(world)?.Message.Contains("being deleted", StringComparison.Ordinal) == false);
        world.Rollout(2).Should().BeNull();
        Told.By(world, "modeldeployments", "delays", ConditionTypes.Available).Should().NotBeNull();
    }

    [Fact]
    public async Task BI_5_A_version_that_is_made_anew_with_another_digest_is_another_revision_and_what_was_judged_stays_what_it_was()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);
        var judged = world.Rollout(2)!.Spec.To.Revision;

        await world.DeleteAsync("modelversions", "delays-v2");
        await world.ApplyAsync(Manifests.Version("delays-v2", '9'));

        await world.UntilAsync("the end", () => world.Rollout(3)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Superseded);
        world.Rollout(3)!.Spec.To.Revision.Should().NotBe(judged);
        world.Rollout(3)!.Spec.From!.ModelVersion.Should().Be("delays-v1");
        world.Rollout(3)!.Status!.Phase.Should().Be(RolloutPhase.Succeeded);
    }

    [Fact]
    public async Task A_strategy_of_the_cluster_is_one_for_deployments_of_any_namespace_beside_one_of_the_same_name_there()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.ApplyAsync(Spares);
        await RolloutStoryTests.ServesFirst(world);
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"strategyRef":{"kind":"ClusterRolloutStrategy","name":"spare"}}}""");

        await world.WantAsync("delays-v2");

        await world.UntilAsync("a rollout", () => world.Rollout(2) is not null);
        world.Rollout(2)!.Spec.Strategy.BlueGreen.Should().NotBeNull();
        world.Rollout(2)!.Spec.Strategy.Canary.Should().BeNull();
        await world.UntilAsync("the strategy's own word", () => Told.By(world, "clusterrolloutstrategies", "spare", ConditionTypes.Ready)?.Reason is not null);
    }

    [Fact]
    public async Task BI_6_A_version_of_another_namespace_is_none()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}");
        await world.ApplyAsync(Manifests.Version("theirs", '8').Replace("namespace: prod", "namespace: elsewhere", StringComparison.Ordinal));

        await world.WantAsync("theirs");

        await world.UntilAsync("the problem", () => Stalled(world)?.Reason is "ModelVersionNotFound");
        Stalled(world)!.Value.Message.Should().Contain("in namespace prod");
        world.Rollout(2).Should().BeNull();
    }

    [Fact]
    public async Task BI_11_An_immutable_spec_that_was_edited_all_the_same_is_rolled_out_as_any_other_change()
    {
        await using var world = await ReleaseWorld.StartAsync(definitions: OlderDefinitions.OfUsers);
        await RolloutStoryTests.ServesWithHistory(world);
        var before = world.Deployment!.Status!.Stable!.Revision;
        world.Gateways.ErrorShares["delays-v1"] = 0;

        await world.PatchAsync("modelversions", "delays-v1", "{\"spec\":{\"artifact\":{\"digest\":\"sha256:" + new string('7', 64) + "\"}}}");

        await world.UntilAsync("a rollout", () => world.Rollout(2)?.Status?.Weights?.Candidate > 0);
        world.Rollout(2)!.Spec.From!.Revision.Should().Be(before);
        world.Rollout(2)!.Status!.Weights!.Candidate.Should().Be(1000, "it is judged at the first weight as any other");
    }

    private const string Spares = """
        apiVersion: mlops-operator.io/v1alpha1
        kind: RolloutStrategy
        metadata: {name: spare, namespace: prod}
        spec: {canary: {}}
        ---
        apiVersion: mlops-operator.io/v1alpha1
        kind: ClusterRolloutStrategy
        metadata: {name: spare}
        spec: {blueGreen: {}}
        ---
        apiVersion: mlops-operator.io/v1alpha1
        kind: ClusterModelRuntime
        metadata: {name: spare}
        spec: {formats: [{name: onnx, priority: -5}], template: {spec: {containers: [{name: server, image: server}]}}}
        """;

    private static (string Reason, string Message)? Stalled(ReleaseWorld world) => Told.By(world, "modeldeployments", "delays", ConditionTypes.Stalled);
}
