using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I5. What a revision must keep is the share of the wanted replicas that its weight in the stored route asks for: a user may want fewer. Gone to nothing it
/// may be only after a rollout recorded that its traffic was confirmed gone, or that it never had any.
/// </summary>
internal sealed class ShrinksAfterTraffic : IInvariant
{
    private readonly HashSet<string> _routed = new(StringComparer.Ordinal);

    public string Id => "I5";

    public string Text => "No revision is shrunk or deleted before its traffic is confirmed gone";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Leaves(StoreModel.Routes))
        {
            _routed.UnionWith(write.After.ItemsAt("spec", "backends").Where(backend => backend.NumberAt("weight") > 0).Select(backend => $"{write.Namespace}/{backend.TextAt("service")}"));
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

        return goes && _routed.Contains($"{write.Namespace}/{write.Name}") && !Confirmed(store, write.Namespace, before.OwnerUid(), revision)
            ? $"{write.Name} goes, and no record says that its traffic was confirmed gone"
            : null;
    }

    private static bool Confirmed(StoreModel store, string? @namespace, string? owner, string? revision) =>
        store.RolloutsOf(@namespace, owner).Any(rollout =>
            rollout.TextAt("status", "trafficRemovedAt") is not null
            && (string.Equals(rollout.TextAt("spec", "to", "revision"), revision, StringComparison.Ordinal) || string.Equals(rollout.TextAt("spec", "from", "revision"), revision, StringComparison.Ordinal)));
}
