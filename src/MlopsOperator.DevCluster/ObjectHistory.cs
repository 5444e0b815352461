using System.Reflection;
using System.Text;
using k8s;
using k8s.Models;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>Versions of one object, past and to come.</summary>
internal sealed class ObjectHistory(ObjectStore store, KindRegistry kinds)
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

        throw new TimeoutException(Describe(kind, key, name, within));
    }

    private string Describe(ResourceKind kind, string key, string name, TimeSpan within)
    {
        var text = new StringBuilder().Append(kind.Kind).Append(' ').Append(key).Append(" did not meet the condition within ").Append(within).Append(". ");
        var present = store.Kind(kind.Storage).Objects.GetValueOrDefault(key);
        text.Append(present is null ? "There is no such object." : $"It is {Encoding.UTF8.GetString(present.Json.Span)}");
        foreach (var happened in store.List("events", null).Objects.Where(e => string.Equals(e.Shared.Text("involvedObject", "name"), name, StringComparison.Ordinal)))
        {
            text.Append('\n').Append(happened.Shared.Text("type")).Append(' ').Append(happened.Shared.Text("reason")).Append(": ").Append(happened.Shared.Text("message"));
        }

        return text.ToString();
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
