using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>Objects that are too large, or that the API server does not want, are told to a person; what serves serves on.</summary>
public sealed class RefusedObjectTests
{
    [Fact]
    public async Task BI_9_A_version_that_no_revision_can_hold_is_told_with_its_size()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var data = string.Join(',', Enumerable.Repeat("0.123456789", 115_000));
        await world.ApplyAsync(Manifests.Version("huge", '6')
            .Replace("shape: [1, 1], datatype: FP32, data: [1]", $"shape: [1, 115000], datatype: FP32, data: [{data}]", StringComparison.Ordinal));

        await world.WantAsync("huge");

        await world.UntilAsync("the problem", () => Stalled(world)?.Reason is "RevisionTooLarge");
        Stalled(world)!.Value.Message.Should().ContainAll("ModelVersion huge", "at most 1300000", "shorten");
        await world.UntilAsync("the Event", () => Told.Warnings(world, "delays", "RevisionTooLarge").Count == 1);
        world.Deployment!.Status!.Wanted!.ModelVersion.Should().Be("delays-v1", "nothing names a revision that is not stored");
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v1");
        (await world.WritesAtRestAsync(settling: TimeSpan.FromMinutes(1), quiet: TimeSpan.FromMinutes(2))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/controllerrevisions", "needs ControllerRevision prod/delays-")]
    [InlineData("/modelrollouts", "needs ModelRollout prod/delays-2")]
    public async Task BI_9_What_a_quota_refuses_is_told_in_the_API_servers_words_and_tried_again_without_haste(string collection, string words)
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var tried = 0;
        world.Transport.Fault = request => request.Method is "POST" && request.PathAndQuery.Contains(collection, StringComparison.Ordinal) && ++tried > 0 ? 403 : null;

        await world.WantAsync("delays-v2");

        await world.UntilAsync("the problem", () => Stalled(world)?.Reason is "CreateRefused");
        Stalled(world)!.Value.Message.Should().ContainAll(words, "(403: ", "refused by the test");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        tried.Should().BeInRange(4, 20, "once in 30 s, and with each save of the history, every 15 s here");
        world.Deployment!.Status!.Phase.Should().Be(DeploymentPhase.Degraded);
        Told.By(world, "modeldeployments", "delays", ConditionTypes.Available).Should().NotBeNull();

        world.Transport.Fault = null;
        await world.UntilAsync("the rollout", () => world.Rollout(2) is not null && Stalled(world) is null, TimeSpan.FromMinutes(1));
    }

    private static (string Reason, string Message)? Stalled(ReleaseWorld world) => Told.By(world, "modeldeployments", "delays", ConditionTypes.Stalled);
}
