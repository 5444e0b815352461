using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Deployments;

/// <summary>Objects that a former deployment of the name left behind.</summary>
public sealed class TakenNameStoryTests
{
    private const string Again = """
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelDeployment
        metadata: {name: delays, namespace: prod}
        spec: {modelVersionRef: {name: delays-v1}, replicas: 2, strategyRef: {name: quick}}
        """;

    [Fact]
    public async Task Orphans_of_a_former_deployment_are_named_and_everything_goes_on_once_they_are_deleted()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var revision = world.Deployment!.Status!.Wanted!.Revision;
        var former = world.Deployment.Metadata.Uid;
        await OrphanAsync(world);
        await world.UntilAsync("the orphans let go", () => world.Rollout(1)!.Metadata.OwnerReferences is null or []);

        await world.ApplyAsync(Again);

        await world.UntilAsync("the revision in the way", () => Stalled(world)?.Message.Contains($"ControllerRevision prod/delays-{revision}", StringComparison.Ordinal) == true);
        world.Deployment!.Metadata.Uid.Should().NotBe(former);
        Stalled(world)!.Reason.Should().Be("NameTaken");
        world.Deployment.Status!.Wanted.Should().BeNull("nothing names a revision that is not stored");

        await world.DeleteAsync("controllerrevisions", $"delays-{revision}");
        await world.UntilAsync("the rollout in the way", () => Stalled(world)?.Message.Contains("delete ModelRollout prod/delays-1", StringComparison.Ordinal) == true);
        Stalled(world)!.Reason.Should().Be("NameTaken");

        await world.DeleteAsync("modelrollouts", "delays-1");
        await world.UntilAsync("the new deployment's own rollout", () => world.Rollout(1) is { Status.Phase: RolloutPhase.Succeeded } own && own.Metadata.OwnerReferences[0].Uid == world.Deployment!.Metadata.Uid);
        await world.UntilAsync("nothing stalled", () => Stalled(world) is null && world.Deployment!.Status!.Phase == DeploymentPhase.Serving);
    }

    private static async Task OrphanAsync(ReleaseWorld world)
    {
        var answer = await world.Cluster.SendAsync(
            "DELETE", "/apis/mlops-operator.io/v1alpha1/namespaces/prod/modeldeployments/delays?propagationPolicy=Orphan", default, null, "user", TestContext.Current.CancellationToken);
        answer.Status.Should().Be(200);
    }

    private static Condition? Stalled(ReleaseWorld world) => world.Deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == ConditionTypes.Stalled);
}
