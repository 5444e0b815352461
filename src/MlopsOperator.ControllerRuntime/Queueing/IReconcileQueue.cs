using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Lets other code ask for reconciliations. Safe for parallel use; returns at once.</summary>
/// <typeparam name="TEntity">Kind that is reconciled.</typeparam>
public interface IReconcileQueue<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Asks all controllers of the kind to look at an object, which need not exist.</summary>
    void Enqueue(ObjectKey key);

    /// <summary>Asks one controller of the kind, or all when <paramref name="controllerName"/> is null.</summary>
    void Enqueue(string? controllerName, ObjectKey key);

    /// <summary>
    /// Asks one controller, or all when <paramref name="controllerName"/> is null, except where the key waits for its back-off after a
    /// failure: that run, which comes by itself, will see what there is then. For callers that ask at a steady pace, who would defeat the back-off.
    /// </summary>
    void EnqueueUnlessFailing(string? controllerName, ObjectKey key);
}
