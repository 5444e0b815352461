using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Asks all controllers of a kind to look at an object after a while.</summary>
/// <typeparam name="TEntity">Kind that is reconciled.</typeparam>
/// <param name="entity">The object.</param>
/// <param name="after">How long to wait; nothing or less means now. A run that is already due earlier stays.</param>
public delegate void EntityQueue<in TEntity>(TEntity entity, TimeSpan after)
    where TEntity : IKubernetesObject<V1ObjectMeta>;
