using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Reconciling;

namespace MlopsOperator.Gateway.Watching;

/// <summary>Tells the route source of changes of a kind. It acts on no object by itself: route sets are built whole.</summary>
internal sealed class ChangeSignal<TEntity>(ClusterRouteSource source) : IEntityController<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <inheritdoc />
    public Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken) => Signal(entity);

    /// <inheritdoc />
    public Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken) => Signal(entity);

    private Task<ReconciliationResult<TEntity>> Signal(TEntity entity)
    {
        source.Signal();
        return Task.FromResult(ReconciliationResult<TEntity>.Success(entity));
    }
}
