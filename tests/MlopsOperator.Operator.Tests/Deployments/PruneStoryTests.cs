using MlopsOperator.Api.Deployments;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class PruneStoryTests
{
    [Fact]
    public async Task A_revision_is_kept_for_a_rollout_that_the_watch_does_not_show_yet()
    {
        await using var world = await ReleaseWorld.StartAsync(withOperator: false);
        world.Cluster.Faults.On("watch", "modelrollouts", manager: "operator").Lag(TimeSpan.FromSeconds(5));
        world.StartOperator();
        await world.UntilAsync("the first version serving", () => world.Deployment?.Status?.Phase == DeploymentPhase.Serving);
        await world.PassAsync(TimeSpan.FromSeconds(10));

        await world.WantAsync("delays-v2");
        await world.UntilAsync("the second rollout", () => world.Rollout(2) is not null);
        await world.WantAsync("delays-v1");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":3}}""");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        var kept = world.List("controllerrevisions").Count;
        await world.UntilAsync("its end", () => world.Rollout(2)?.Status?.FinishedAt is not null);

        kept.Should().Be(2);
    }
}
