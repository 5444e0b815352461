using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster;

/// <summary>A controller or node that the cluster runs: a client of the API like any other.</summary>
internal interface IClusterComponent
{
    /// <summary>Runs until cancelled.</summary>
    Task RunAsync(IClusterClient client, CancellationToken cancellationToken);

    /// <summary>Whether it has nothing queued or under way (timers that are not due do not count).</summary>
    bool IsIdle { get; }
}
