using System.Reflection;
using System.Text;
using k8s;
using k8s.Models;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>Versions of one object, past and to come.</summary>
internal sealed class ObjectHistory(ObjectStore store, KindRegistry kinds, IPodLogs? logs)
{
    public IReadOnlyList<T> Of<T>(string name, string @namespace)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var kind = KindOf<T>();
        var key = ObjectStore.Key(kind.Namespaced ? @namespace : null, name);
        lock (store.Gate)
        {
            return [.. store.Kind(kind.Storage).Events
                .Where(e => e.Type is not StoreEvent.Deleted && string.Equals(e.Object.Key, key, StringComparison.Ordinal))
                .Select(e => Decode<T>(e.Object))];
        }
    }

    public async Task<T> UntilAsync<T>(string name, Func<T, bool> condition, TimeSpan within, string @namespace, TimeProvider time, CancellationToken cancellationToken)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var kind = KindOf<T>();
        var key = ObjectStore.Key(kind.Namespaced ? @namespace : null, name);
        var plan = new WatchPlan(kind, kind.Namespaced ? @namespace : null, LabelSelector.Everything, FieldSelector.Parse($"metadata.name={name}", kind))
        {
            Timeout = within,
            Render = content => content,
        };
        await using var watch = new WatchStream(store, plan, time);
        do
        {
            if (store.Get(kind.Storage, kind.Namespaced ? @namespace : null, name) is { } stored && Decode<T>(stored) is var value && condition(value))
            {
                return value;
            }
        }
        while (await watch.ReadLineAsync(cancellationToken) is not null);

        var report = await new FailureReport(store, kinds, logs).OfAsync(kind, key, name, cancellationToken);
        throw new TimeoutException($"{kind.Kind} {key} did not meet the condition within {within}. {report}");
    }

    private ResourceKind KindOf<T>()
    {
        var entity = typeof(T).GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no KubernetesEntity attribute");
        return kinds.Find(entity.Group, entity.ApiVersion, entity.PluralName)
            ?? throw new InvalidOperationException($"the cluster does not serve {entity.PluralName}.{entity.Group}: install its CustomResourceDefinition");
    }

    private static T Decode<T>(StoredObject stored) => KubernetesJson.Deserialize<T>(Encoding.UTF8.GetString(stored.Json.Span));
}
