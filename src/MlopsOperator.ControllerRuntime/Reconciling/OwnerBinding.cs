using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Leads from a changed object to its controlling owner, before and after the change.</summary>
internal sealed class OwnerBinding<TEntity, TOwned> : IWatchBinding<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
    where TOwned : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly ResourceType OwnerType = ResourceType.For<TEntity>();

    public void AddCache(CacheRegistry caches) => caches.Add<TOwned>();

    public void Connect(IServiceProvider services, WorkQueue queue)
    {
        var owners = services.GetRequiredService<ObjectStore<TEntity>>();
        services.GetRequiredService<ObjectStore<TOwned>>().Listen(change =>
        {
            var keys = new[] { OwnerOf(change.Old, owners), OwnerOf(change.New, owners) };
            foreach (var key in keys.OfType<ObjectKey>().Distinct())
            {
                queue.Add(key, isBehind: change.IsFirstList);
            }
        });
    }

    private static ObjectKey? OwnerOf(TOwned? owned, ObjectStore<TEntity> owners)
    {
        var reference = owned?.Metadata.OwnerReferences?.FirstOrDefault(owner =>
            owner.Controller == true
            && string.Equals(owner.Kind, OwnerType.Kind, StringComparison.Ordinal)
            && string.Equals(GroupOf(owner.ApiVersion), OwnerType.Group, StringComparison.Ordinal));
        if (reference is null)
        {
            return null;
        }

        // An owner is in the same namespace or cluster-scoped; the class does not say which.
        var clusterScoped = new ObjectKey(null, reference.Name);
        return owners.Contains(clusterScoped) ? clusterScoped : new ObjectKey(owned!.Metadata.NamespaceProperty, reference.Name);
    }

    private static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? string.Empty : apiVersion[..slash];
    }
}
