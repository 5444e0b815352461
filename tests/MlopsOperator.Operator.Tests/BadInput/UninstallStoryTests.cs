using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>Taking the product away, in either order.</summary>
public sealed class UninstallStoryTests
{
    private static readonly string[] Children = ["deployments", "services", "pods", "controllerrevisions", "modelrollouts", "gatewayroutes"];

    [Fact]
    public async Task BI_13_Without_the_operator_what_serves_serves_on_and_no_finalizer_keeps_what_is_deleted()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        world.KillOperator();
        await world.PassAsync(TimeSpan.FromMinutes(10));
        world.List("pods").Should().HaveCount(2);
        world.Route!.Spec.Backends.Should().ContainSingle();

        await world.DeleteAsync("modeldeployments", "delays");

        await world.UntilAsync("everything gone", () => Children.All(plural => world.List(plural).Count == 0));
        world.Deployment.Should().BeNull();
        foreach (var (plural, name) in new[] { ("modelversions", "delays-v1"), ("rolloutstrategies", "quick"), ("clustermodelruntimes", "onnx") })
        {
            await world.DeleteAsync(plural, name);
            Told.Object(world, plural, name).Should().BeNull();
        }
    }

    [Fact]
    public async Task BI_13_Without_the_definition_the_operator_lives_writes_nothing_and_goes_on_when_it_is_back()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        var definition = await File.ReadAllTextAsync(Path.Combine(Simulation.World.Repository.Root, "crds", "modeldeployments.yaml"), TestContext.Current.CancellationToken);

        await world.DeleteAsync("customresourcedefinitions", "modeldeployments.mlops-operator.io");
        await world.UntilAsync("all of them gone", () => world.Deployment is null);
        var mark = world.Cluster.Requests.Mark();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        world.Cluster.Requests.Since(mark).Should().NotContain(request => request.Changed && request.Manager.StartsWith("mlops-operator-", StringComparison.Ordinal));

        await world.ApplyAsync(definition);
        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: again, namespace: prod}
            spec: {modelVersionRef: {name: delays-v1}}
            """);
        await world.UntilAsync("its route", () => Told.Object(world, "gatewayroutes", "again") is not null, TimeSpan.FromMinutes(10));
    }
}
