namespace MlopsOperator.Benchmarks.Tests;

public sealed class NoOpReconcileTests(SettledDeploymentFixture fixture) : IClassFixture<SettledDeploymentFixture>
{
    [Fact]
    public async Task A_settled_deployment_costs_its_rollout_controller_little()
    {
        var allocated = await Allocation.OfAsync(fixture.Settled.ReconcileRolloutAsync);

        // 218,008 when this was written: what the caches hold is decoded for each run (two rollouts, pods, slices, children and, twice, the ControllerRevision),
        // a decision is made, and four children are composed and hashed. With a hash that copies its text it was 262,824.
        allocated.Should().BeLessThan(250_000);
    }

    [Fact]
    public async Task A_settled_deployment_costs_its_planning_controller_little()
    {
        var allocated = await Allocation.OfAsync(fixture.Settled.ReconcileDeploymentAsync);

        // 157,016 when this was written: version, runtime, strategy, two rollouts, two ControllerRevisions and children, decoded once each, and a plan. With
        // ControllerRevisions read by way of a tree, and a hash that copies its text, it was 178,872.
        allocated.Should().BeLessThan(175_000);
    }
}
