using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Leads from a changed object to the keys that a function names.</summary>
internal sealed class MapBinding<TEntity, TOther>(Func<TOther, IServiceProvider, IEnumerable<ObjectKey>> map) : IWatchBinding<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
    where TOther : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly string Name = $"Watches<{typeof(TOther).Name}> of {typeof(TEntity).Name}";

    public void AddCache(CacheRegistry caches) => caches.Add<TOther>();

    public void Connect(IServiceProvider services, WorkQueue queue)
    {
        var failures = services.GetRequiredService<StoreFailures>();
        services.GetRequiredService<ObjectStore<TOther>>().Listen(change =>
        {
            var before = change.Old is { } old ? failures.Guard(Name, () => map(old, services)) : [];
            var after = change.New is { } current ? failures.Guard(Name, () => map(current, services)) : [];
            foreach (var key in before.Concat(after).Distinct())
            {
                queue.Add(key, isBehind: change.IsFirstList);
            }
        });
    }
}
