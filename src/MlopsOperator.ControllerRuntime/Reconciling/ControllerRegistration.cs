using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>A controller as it was added.</summary>
internal sealed record ControllerRegistration<TEntity>(string Name, ControllerBuilder<TEntity> Watches, Func<IServiceProvider, IEntityController<TEntity>> Create)
    where TEntity : class, IKubernetesObject<V1ObjectMeta>;
