using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Connects changes of another kind with a controller's queue.</summary>
internal interface IWatchBinding<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Sees to it that the other kind is cached.</summary>
    void AddCache(CacheRegistry caches);

    /// <summary>Starts listening.</summary>
    void Connect(IServiceProvider services, WorkQueue queue);
}
