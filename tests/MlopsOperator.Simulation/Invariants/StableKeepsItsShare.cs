using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I27. The surge of strategies is not there yet: no rollout may take stable below its share, but one whose strategy announces that nothing will serve.
/// </summary>
internal sealed class StableKeepsItsShare : IInvariant
{
    public string Id => "I27";

    public string Text => "A revision that the operator writes has the replicas that its share of the wanted ones asks for";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        var revision = write.After.TextAt("metadata", "labels", "mlops-operator.io/revision");
        if (!write.IsOurs(StoreModel.Deployments) || write.Method is "DELETE" || store.AnnouncesGap(write.Namespace, write.After.OwnerUid(), revision))
        {
            return null;
        }

        var name = write.After.TextAt("metadata", "labels", "mlops-operator.io/deployment") ?? "";
        var wanted = store.Get(StoreModel.ModelDeployments, write.Namespace, name).NumberAt("spec", "replicas") ?? 1;
        var share = store.Get(StoreModel.Routes, write.Namespace, name).ItemsAt("spec", "backends")
            .Where(backend => backend.TextAt("role") is "stable" && string.Equals(backend.TextAt("revision"), revision, StringComparison.Ordinal))
            .Sum(backend => backend.NumberAt("weight") ?? 0);
        var needed = Math.Ceiling(share * wanted / 10_000);
        var replicas = write.After.NumberAt("spec", "replicas") ?? 1;
        return replicas >= needed ? null : FormattableString.Invariant($"{write.Name} has {replicas} replicas; its share {share} of {wanted} needs {needed}");
    }
}
