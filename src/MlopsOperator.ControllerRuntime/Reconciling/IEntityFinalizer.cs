using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Cleans up what garbage collection does not reach, before an object goes. Kept on the object from before its first reconciliation.</summary>
/// <typeparam name="TEntity">Kind that the finalizer is for; it needs a controller too.</typeparam>
public interface IEntityFinalizer<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>
    /// Cleans up. Called for an object that is being deleted, again after each failure and perhaps once more after a success: what is gone
    /// already is a success. The finalizer is taken off the object on success and stays otherwise.
    /// </summary>
    Task<ReconciliationResult<TEntity>> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}
