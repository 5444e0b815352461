using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Deployments;

/// <summary>Deployments do not wait for each other's writes.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public async Task A_deployment_whose_write_takes_long_keeps_no_other_from_its_rollout()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var slow = world.Cluster.Faults.On("create", "controllerrevisions").Delay(TimeSpan.FromSeconds(20));

        await world.ApplyAsync(Deployment("slow"));
        await world.UntilAsync("the slow write", () => slow.Fired == 1);
        await world.ApplyAsync(Deployment("other"));

        await world.UntilAsync("the other's rollout", () => world.Read<ModelRollout>("modelrollouts", "other-1") is not null, TimeSpan.FromSeconds(5));
        world.Read<ModelRollout>("modelrollouts", "slow-1").Should().BeNull("its revision is not stored yet");
        await world.UntilAsync("the slow one's rollout", () => world.Read<ModelRollout>("modelrollouts", "slow-1") is not null, TimeSpan.FromSeconds(30));
    }

    private static string Deployment(string name) => $$"""
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelDeployment
        metadata: {name: {{name}}, namespace: prod}
        spec:
          modelVersionRef: {name: delays-v1}
        """;
}
