using Microsoft.Extensions.Logging;
using MlopsOperator.DevCluster.Controllers.Deployments;
using MlopsOperator.DevCluster.Controllers.EndpointSlices;
using MlopsOperator.DevCluster.Controllers.GarbageCollection;
using MlopsOperator.DevCluster.Controllers.Jobs;
using MlopsOperator.DevCluster.Controllers.Namespaces;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>Runs the controllers. Each can be left out, for tests that play it themselves.</summary>
internal sealed class ControllerManager(TimeProvider time, ILogger logger, IReadOnlySet<EmbeddedController>? without = null) : IClusterComponent
{
    private volatile IReadOnlyList<Func<bool>> idle = [];

    public bool IsIdle => idle.All(isIdle => isIdle());

    public async Task RunAsync(IClusterClient client, CancellationToken cancellationToken)
    {
        await using var deployments = new DeploymentController(client, time, logger);
        await using var replicaSets = new ReplicaSetController(client, time, logger);
        await using var jobs = new JobController(client, time, logger);
        await using var endpointSlices = new EndpointSliceController(client, time, logger);
        await using var garbage = new GarbageCollector(client, time, logger);
        await using var namespaces = new NamespaceController(client, time, logger);
        (EmbeddedController Controller, Func<CancellationToken, Task> Run, Func<bool> IsIdle)[] all =
        [
            (EmbeddedController.Deployment, deployments.RunAsync, () => deployments.IsIdle),
            (EmbeddedController.ReplicaSet, replicaSets.RunAsync, () => replicaSets.IsIdle),
            (EmbeddedController.Job, jobs.RunAsync, () => jobs.IsIdle),
            (EmbeddedController.EndpointSlice, endpointSlices.RunAsync, () => endpointSlices.IsIdle),
            (EmbeddedController.GarbageCollector, garbage.RunAsync, () => garbage.IsIdle),
            (EmbeddedController.Namespace, namespaces.RunAsync, () => namespaces.IsIdle),
        ];
        var wanted = all.Where(item => without?.Contains(item.Controller) is not true).ToList();
        idle = [.. wanted.Select(item => item.IsIdle)];
        await Task.WhenAll(wanted.Select(item => item.Run(cancellationToken)));
    }
}
