using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Rollouts.Children;

/// <summary>
/// Applies children when the wanted content or the object's generation differs from what our last apply left, and once after a start. Whole objects are not
/// compared: quantities, defaults and mutating webhooks change them.
/// </summary>
internal sealed class ChildWriter(IKubernetesApi api, TimeProvider time)
{
    /// <summary>Field manager of everything that a rollout applies.</summary>
    public const string Manager = "mlops-operator-rollouts";

    private const int ForeignChangesThatContest = 3;

    private static readonly TimeSpan ContestWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Applied> _applied = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ForeignChanges> _foreign = new(StringComparer.Ordinal);

    /// <summary>Applies <paramref name="wanted"/> unless <paramref name="cached"/> is still what our last apply of it left.</summary>
    public async Task ApplyAsync<T>(ModelDeployment owner, JsonObject wanted, T? cached, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var key = $"{typeof(T).Name}/{owner.Metadata.NamespaceProperty}/{(string?)wanted["metadata"]!["name"]}";
        var hash = CanonicalJson.Hash(wanted, 20);
        if (_applied.TryGetValue(key, out var last) && string.Equals(last.Hash, hash, StringComparison.Ordinal))
        {
            // The cache may lag behind our own apply; it can only show something newer once its generation is higher than what we left.
            var untouched = cached is not null && cached.Metadata.Uid == last.Uid && (cached.Metadata.Generation ?? 0) <= last.Generation
                && cached.Metadata.DeletionTimestamp is null;
            var notYetSeen = cached is null && time.GetUtcNow() - last.At < TimeSpan.FromSeconds(5);
            if (untouched || notYetSeen)
            {
                return;
            }

            NoteForeignChange(owner);
        }

        var stored = await api.ApplyAsync<T>(wanted, Manager, dryRun: false, cancellationToken);
        _applied[key] = new Applied(hash, stored.Metadata.Uid, stored.Metadata.Generation ?? 0, time.GetUtcNow());
    }

    /// <summary>Deletes a child if it is there.</summary>
    public async Task DeleteAsync<T>(T? cached, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (cached is null || cached.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        _applied.TryRemove($"{typeof(T).Name}/{cached.Metadata.NamespaceProperty}/{cached.Metadata.Name}", out _);
        await api.DeleteAsync(cached, cancellationToken);
    }

    /// <summary>Whether another writer fights for the deployment's children: three changes in five minutes, until ten minutes were quiet.</summary>
    public bool IsContested(ModelDeployment deployment) =>
        _foreign.TryGetValue(deployment.Metadata.Uid, out var changes) && changes.ContestedAt is not null && time.GetUtcNow() - changes.Last < QuietTime;

    /// <summary>Forgets a deployment that is gone.</summary>
    public void Forget(ModelDeployment deployment) => _foreign.TryRemove(deployment.Metadata.Uid, out _);

    private void NoteForeignChange(ModelDeployment owner)
    {
        var now = time.GetUtcNow();
        _foreign.AddOrUpdate(
            owner.Metadata.Uid,
            _ => new ForeignChanges([now], now, null),
            (_, before) =>
            {
                List<DateTimeOffset> recent = [.. before.Times.Where(at => now - at <= ContestWindow).TakeLast(ForeignChangesThatContest - 1), now];
                var quiet = now - before.Last >= QuietTime;
                return new ForeignChanges(recent, now, recent.Count >= ForeignChangesThatContest ? now : quiet ? null : before.ContestedAt);
            });
    }

    private sealed record Applied(string Hash, string Uid, long Generation, DateTimeOffset At);

    private sealed record ForeignChanges(IReadOnlyList<DateTimeOffset> Times, DateTimeOffset Last, DateTimeOffset? ContestedAt);
}
