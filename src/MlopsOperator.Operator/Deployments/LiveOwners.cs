using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Asks the API server itself whether a deployment is still there, before anything new is made for it. Where the watch of deployments is behind, garbage
/// collection would take what is made for one that is gone, its end would ask for another run, and the two would go on as fast as they can. Only metadata is read: one whose newest state does not fit its kind serves on as it was.
/// </summary>
internal sealed class LiveOwners(IKubernetesApi api)
{
    /// <summary>Whether this very deployment (by its uid) exists and is not being deleted.</summary>
    public async Task<bool> ExistsAsync(ModelDeployment deployment, CancellationToken cancellationToken)
    {
        var live = await api.GetMetadataAsync<ModelDeployment>(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name, cancellationToken);
        return live is { DeletionTimestamp: null } && string.Equals(live.Uid, deployment.Metadata.Uid, StringComparison.Ordinal);
    }
}
