using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Rollouts.Children;

/// <summary>Applies and deletes children, and notices when another writer fights for them.</summary>
// Where OwnerReferencesPermissionEnforcement is on, this lets children block the foreground deletion of their owner.
[EntityRbac(typeof(ModelDeployment), Subresource = "finalizers", Verbs = RbacVerb.Update)]
internal sealed class ChildWriter(ObjectApplier applier, LiveOwners owners, IKubernetesApi api, TimeProvider time)
{
    /// <summary>Field manager of everything that a rollout applies.</summary>
    public const string Manager = "mlops-operator-rollouts";

    private const int ForeignChangesThatContest = 3;

    private static readonly TimeSpan ContestWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Left> _left = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Deleted> _deleted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ForeignChanges> _foreign = new(StringComparer.Ordinal);

    /// <summary>
    /// Applies <paramref name="wanted"/> unless <paramref name="cached"/> is still what our last apply of it left. Nothing new is made for an owner that is gone.
    /// </summary>
    public async Task ApplyAsync<T>(ModelDeployment owner, JsonObject wanted, T? cached, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (cached is null && !await owners.ExistsAsync(owner, cancellationToken))
        {
            return;
        }

        var stored = await applier.ApplyAsync(wanted, cached, Manager, cancellationToken);
        if (stored is null || ReferenceEquals(stored, cached))
        {
            return;
        }

        var left = new Left(owner.Metadata.Uid, NameHash.Of(wanted), stored.Metadata.Uid, stored.Metadata.Generation);
        var key = Key<T>(stored.Metadata);
        if (_left.TryGetValue(key, out var before) && string.Equals(before.Hash, left.Hash, StringComparison.Ordinal) && before != left)
        {
            NoteForeignChange(owner);
        }

        _left[key] = left;
    }

    /// <summary>
    /// What a cache shows of a child, or null where this process has deleted that very object: a watch that is behind would have it scaled down and so made
    /// again, deleted again, and so on without end.
    /// </summary>
    public T? Present<T>(T? cached)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        cached is not null && _deleted.TryGetValue(Key<T>(cached.Metadata), out var deleted) && string.Equals(deleted.Uid, cached.Metadata.Uid, StringComparison.Ordinal) ? null : cached;

    /// <summary>Deletes a child if it is there.</summary>
    public async Task DeleteAsync<T>(ModelDeployment owner, T? cached, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (cached is null || cached.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        _left.TryRemove(Key<T>(cached.Metadata), out _);
        applier.Forget<T>(cached.Metadata.NamespaceProperty, cached.Metadata.Name, Manager);
        await api.DeleteAsync(cached, cancellationToken);
        _deleted[Key<T>(cached.Metadata)] = new Deleted(owner.Metadata.Uid, cached.Metadata.Uid);
    }

    /// <summary>Whether another writer fights for the deployment's children: three changes in five minutes, until ten minutes were quiet.</summary>
    public bool IsContested(ModelDeployment deployment) =>
        _foreign.TryGetValue(deployment.Metadata.Uid, out var changes) && changes.IsContested && time.GetUtcNow() - changes.Times[^1] < QuietTime;

    /// <summary>Forgets a deployment that is gone.</summary>
    public void Forget(ModelDeployment deployment)
    {
        _foreign.TryRemove(deployment.Metadata.Uid, out _);
        foreach (var (key, _) in _left.Where(entry => string.Equals(entry.Value.Owner, deployment.Metadata.Uid, StringComparison.Ordinal)))
        {
            _left.TryRemove(key, out _);
        }

        foreach (var (key, _) in _deleted.Where(entry => string.Equals(entry.Value.Owner, deployment.Metadata.Uid, StringComparison.Ordinal)))
        {
            _deleted.TryRemove(key, out _);
        }
    }

    private static string Key<T>(V1ObjectMeta metadata) => $"{typeof(T).Name}/{metadata.NamespaceProperty}/{metadata.Name}";

    private void NoteForeignChange(ModelDeployment owner)
    {
        var now = time.GetUtcNow();
        _foreign.AddOrUpdate(
            owner.Metadata.Uid,
            _ => new ForeignChanges([now], false),
            (_, before) =>
            {
                List<DateTimeOffset> recent = [.. before.Times.Where(at => now - at <= ContestWindow).TakeLast(ForeignChangesThatContest - 1), now];
                var stays = before.IsContested && now - before.Times[^1] < QuietTime;
                return new ForeignChanges(recent, stays || recent.Count >= ForeignChangesThatContest);
            });
    }

    /// <summary>What our last apply of a content left.</summary>
    private sealed record Left(string Owner, string Hash, string Uid, long? Generation);

    private sealed record Deleted(string Owner, string Uid);

    private sealed record ForeignChanges(IReadOnlyList<DateTimeOffset> Times, bool IsContested);
}
