using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Serves the kinds of CustomResourceDefinitions from the moment they are written, and clears up after those that are deleted.</summary>
internal sealed class DefinitionRegistrar
{
    private const string Storage = "customresourcedefinitions.apiextensions.k8s.io";

    private readonly ObjectStore store;
    private readonly KindRegistry kinds;
    private readonly HashSet<string> terminating = new(StringComparer.Ordinal);

    public DefinitionRegistrar(ObjectStore store, KindRegistry kinds)
    {
        this.store = store;
        this.kinds = kinds;
        store.Written += (storage, change) =>
        {
            if (string.Equals(storage, Storage, StringComparison.Ordinal))
            {
                Register(change);
            }
        };
    }

    /// <summary>Deletes the objects of definitions that are being deleted, and the definitions once nothing is left. Under the gate.</summary>
    public void Sweep(DeleteHandler deletes)
    {
        foreach (var name in terminating.ToList())
        {
            var left = false;
            foreach (var kind in kinds.All.Where(k => string.Equals(k.Custom?.Definition, name, StringComparison.Ordinal)).DistinctBy(k => k.Storage).ToList())
            {
                deletes.DeleteAll(kind);
                left |= store.List(kind.Storage, null).Objects.Count > 0;
            }

            if (!left && store.Get(Storage, null, name) is { } definition)
            {
                store.Delete(Storage, definition);
            }
        }
    }

    private void Register(StoreEvent change)
    {
        var name = change.Object.Name;
        if (change.Type is StoreEvent.Deleted)
        {
            terminating.Remove(name);
            store.Reset(name);
            kinds.Replace(name, []);
            return;
        }

        if (change.Object.Shared.Text("metadata", "deletionTimestamp") is not null)
        {
            terminating.Add(name);
        }

        if (change.Type is StoreEvent.Added)
        {
            store.Reset(name);
        }

        kinds.Replace(name, Definitions.Kinds(change.Object.Copy()));
    }
}
