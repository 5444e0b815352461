using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Rollouts;
using MlopsOperator.Simulation.Scenarios;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>
/// A deployment whose second version was promoted, long enough ago that nothing is left to do, in the simulation's world: the whole operator on the embedded
/// cluster, with two rollouts, two ControllerRevisions, and two pods that serve. The world stands still, so a run comes to its end on its caller's thread.
/// </summary>
internal sealed class SettledDeployment : IAsyncDisposable
{
    // After a rollout sizes are kept for five minutes.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ReleaseWorld _world;
    private readonly IObjectCache<ModelDeployment> _deployments;
    private readonly ModelRolloutReconciler _rolloutController;
    private readonly ModelDeploymentReconciler _deploymentController;

    private SettledDeployment(ReleaseWorld world)
    {
        _world = world;
        var services = world.Operators.Running.Single().Services;
        _deployments = services.GetRequiredService<IObjectCache<ModelDeployment>>();
        _rolloutController = services.GetRequiredService<ModelRolloutReconciler>();
        _deploymentController = services.GetRequiredService<ModelDeploymentReconciler>();
    }

    /// <summary>A deployment at rest. Fails where a run of one of the controllers still asks the API server for anything.</summary>
    public static async Task<SettledDeployment> StartAsync()
    {
        var world = await ReleaseWorld.StartAsync();
        await CanaryGood.Scenario.Tell(world);
        if (await world.WritesAtRestAsync(Settling, Quiet) is [var write, ..])
        {
            throw new InvalidOperationException($"{write}, though nothing is to be done");
        }

        world.Transport.Sending = request => throw new InvalidOperationException($"{request.Method} {request.PathAndQuery}, though nothing is to be done");
        var settled = new SettledDeployment(world);
        await settled.ReconcileRolloutAsync();
        await settled.ReconcileDeploymentAsync();
        return settled;
    }

    /// <summary>One run of the controller that carries rollouts out.</summary>
    public Task<ReconciliationResult<ModelDeployment>> ReconcileRolloutAsync() => Run(_rolloutController);

    /// <summary>One run of the controller that plans.</summary>
    public Task<ReconciliationResult<ModelDeployment>> ReconcileDeploymentAsync() => Run(_deploymentController);

    public async ValueTask DisposeAsync()
    {
        _world.Transport.Sending = null;
        await _world.DisposeAsync();
    }

    private Task<ReconciliationResult<ModelDeployment>> Run(IEntityController<ModelDeployment> controller)
    {
        // The runtime gives each run a copy of its own.
        var running = controller.ReconcileAsync(_deployments.Get("prod", "delays")!, CancellationToken.None);
        return running.IsCompletedSuccessfully ? running : throw new InvalidOperationException("A run of a settled deployment waits for something.", running.Exception);
    }
}
