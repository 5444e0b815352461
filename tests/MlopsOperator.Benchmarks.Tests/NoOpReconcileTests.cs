using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class NoOpReconcileTests
{
    [Fact]
    public async Task A_settled_deployment_costs_its_rollout_controller_little()
    {
        await using var settled = await SettledDeployment.StartAsync();

        var allocated = await Allocation.OfAsync(settled.ReconcileRolloutAsync);

        allocated.Should().BeLessThan(1);
    }

    [Fact]
    public async Task A_settled_deployment_costs_its_planning_controller_little()
    {
        await using var settled = await SettledDeployment.StartAsync();

        var allocated = await Allocation.OfAsync(settled.ReconcileDeploymentAsync);

        allocated.Should().BeLessThan(1);
    }
}
