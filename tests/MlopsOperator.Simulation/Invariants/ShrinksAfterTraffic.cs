using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I5. What a revision must keep is the share of the wanted replicas that its weight in the stored route asks for: a user may want fewer. Gone to nothing it
/// may be only after a rollout recorded, later than the last route that gave it traffic, that this was confirmed gone; or if it never had any; or if
/// the strategy announces that nothing will serve for a while.
/// </summary>
internal sealed class ShrinksAfterTraffic : IInvariant
{
    // Both by the order of writes: times in records are of clocks that may be wrong.
    private readonly Dictionary<string, long> _routed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string RemovedAt, long Since)> _confirmed = new(StringComparer.Ordinal);
    private long _writes;

    public string Id => "I5";

    public string Text => "No revision is shrunk or deleted before its traffic is confirmed gone";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        _writes++;
        if (write.Leaves(StoreModel.Routes))
        {
            foreach (var backend in write.After.ItemsAt("spec", "backends").Where(backend => backend.NumberAt("weight") > 0))
            {
                _routed[$"{write.Namespace}/{backend.TextAt("service")}"] = _writes;
            }

            return null;
        }

        if (write.Leaves(StoreModel.Rollouts))
        {
            NoteConfirmation(write);
            return null;
        }

        if (!write.IsOurs() || !string.Equals(write.Resource, StoreModel.Deployments, StringComparison.Ordinal) || write.Before is not { } before)
        {
            return null;
        }

        var deleted = write.Method is "DELETE" || write.After is null;
        var replicas = deleted ? 0 : write.After.NumberAt("spec", "replicas") ?? 1;
        if (replicas >= (before.NumberAt("spec", "replicas") ?? 1) && !deleted)
        {
            return null;
        }

        var name = before.TextAt("metadata", "labels", "mlops-operator.io/deployment") ?? "";
        var revision = before.TextAt("metadata", "labels", "mlops-operator.io/revision");
        if (!deleted && store.AnnouncesGap(write.Namespace, before.OwnerUid(), revision))
        {
            return null;
        }

        var wanted = store.Get(StoreModel.ModelDeployments, write.Namespace, name).NumberAt("spec", "replicas") ?? 1;
        var goes = deleted || (replicas is 0 && wanted > 0);
        var weight = store.Get(StoreModel.Routes, write.Namespace, name).ItemsAt("spec", "backends")
            .Where(backend => string.Equals(backend.TextAt("revision"), revision, StringComparison.Ordinal))
            .Sum(backend => backend.NumberAt("weight") ?? 0);
        var needed = Math.Ceiling(weight * wanted / 10_000);
        if (replicas < needed || (goes && weight > 0))
        {
            return FormattableString.Invariant($"{write.Name} goes to {replicas} pods; the stored route gives it weight {weight}, for which it needs {needed}");
        }

        return goes && _routed.TryGetValue($"{write.Namespace}/{write.Name}", out var routed) && !IsConfirmed(store, write.Namespace, before.OwnerUid(), revision, routed)
            ? $"{write.Name} goes, and no record since the last route that gave it traffic says that this was confirmed gone"
            : null;
    }

    private void NoteConfirmation(ClusterWrite write)
    {
        var uid = write.After.TextAt("metadata", "uid") ?? "";
        if (write.After.TextAt("status", "trafficRemovedAt") is not { } removedAt)
        {
            _confirmed.Remove(uid);
        }
        else if (!_confirmed.TryGetValue(uid, out var known) || !string.Equals(known.RemovedAt, removedAt, StringComparison.Ordinal))
        {
            _confirmed[uid] = (removedAt, _writes);
        }
    }

    private bool IsConfirmed(StoreModel store, string? @namespace, string? owner, string? revision, long since) =>
        store.RolloutsOf(@namespace, owner).Any(rollout =>
            _confirmed.TryGetValue(rollout.TextAt("metadata", "uid") ?? "", out var confirmed)
            && confirmed.Since > since
            && (string.Equals(rollout.TextAt("spec", "to", "revision"), revision, StringComparison.Ordinal) || string.Equals(rollout.TextAt("spec", "from", "revision"), revision, StringComparison.Ordinal)));
}
