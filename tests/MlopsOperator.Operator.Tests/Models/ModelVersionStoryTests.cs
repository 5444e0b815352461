using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Models;

public sealed class ModelVersionStoryTests
{
    [Fact]
    public async Task A_version_says_who_uses_it_until_another_has_replaced_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        await world.UntilAsync("the first in use", () => Users(world, "delays-v1") is ["delays"]);

        await world.WantAsync("delays-v2");
        await world.UntilAsync("the second in use", () => Users(world, "delays-v2") is ["delays"]);
        Users(world, "delays-v1").Should().Equal(["delays"], "it serves until the other is proved");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.Phase == RolloutPhase.Succeeded);

        await world.UntilAsync("the first in nobody's use", () => Users(world, "delays-v1").Count == 0, TimeSpan.FromSeconds(10));
        Users(world, "delays-v2").Should().Equal("delays");
    }

    private static IReadOnlyList<string> Users(ReleaseWorld world, string version) => world.Read<ModelVersion>("modelversions", version)!.Status?.UsedBy ?? [];
}
