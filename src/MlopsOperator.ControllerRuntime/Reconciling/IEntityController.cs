using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Brings the world to what an object asks for. Called with the newest cached copy; one call at a time for each object.</summary>
/// <typeparam name="TEntity">Kind that the controller is for.</typeparam>
public interface IEntityController<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Brings the world to what <paramref name="entity"/> asks for. Level-triggered: it must not matter which event caused it.</summary>
    /// <param name="entity">A private copy of the newest cached object.</param>
    /// <param name="cancellationToken">Cancelled when the run takes too long or the operator stops.</param>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>Called when the object is gone; without guarantee, as a deletion may happen while no operator runs.</summary>
    /// <param name="entity">The last cached copy.</param>
    /// <param name="cancellationToken">Cancelled when the run takes too long or the operator stops.</param>
    Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken);
}
