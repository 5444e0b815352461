using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class LostRecordStoryTests
{
    [Fact]
    public async Task Deleting_the_record_that_promoted_stable_changes_nothing_but_is_told_once()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var before = world.Deployment!.Status!.Stable;

        await world.DeleteAsync("modelrollouts", "delays-1");

        await world.UntilAsync("the event", () => Told(world) == 1);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Told(world).Should().Be(1);
        world.Deployment!.Status!.Stable.Should().Be(before);
        world.Rollout(2).Should().BeNull("what serves is what is wanted");
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v1");
    }

    private static int Told(ReleaseWorld world) => world.List("events").Count(@event =>
        (string?)@event!["reason"] == "RecordLost" && (string?)@event["type"] == "Warning" && @event["message"]!.GetValue<string>().Contains("delays-1", StringComparison.Ordinal));
}
