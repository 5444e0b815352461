using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>A finalizer as it was added.</summary>
/// <param name="Id">Its name in metadata.finalizers.</param>
/// <param name="Finalizer">What cleans up.</param>
internal sealed record FinalizerRegistration<TEntity>(string Id, IEntityFinalizer<TEntity> Finalizer)
    where TEntity : class, IKubernetesObject<V1ObjectMeta>;
