using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I4, at the routes that are stored: scripted gateways obey them at once. Looked at when a backend's weight rises; that it stays so is I5 and I27. Where the
/// other backend has no ready endpoint, this one takes all.
/// </summary>
internal sealed class RaisedWeightHasReplicas : IInvariant
{
    public string Id => "I4";

    public string Text => "A revision is given weight only where its Deployment wants the replicas for it";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (store.IsSeenLate || store.SentAt(write) != store.Now || !write.IsOurs(StoreModel.Routes))
        {
            return null;
        }

        var backends = write.After.ItemsAt("spec", "backends").ToList();
        if (backends.Exists(backend => store.ReadyEndpoints(write.Namespace, backend.TextAt("service")) == 0))
        {
            return null;
        }

        var wanted = store.Get(StoreModel.ModelDeployments, write.Namespace, write.Name).NumberAt("spec", "replicas") ?? 1;
        return backends
            .Select(backend => (Name: backend.TextAt("service") ?? "", Now: Weight(write.After, backend), Was: Weight(write.Before, backend)))
            .Where(backend => backend.Now > backend.Was && store.Get(StoreModel.Deployments, write.Namespace, backend.Name) is { } deployment
                && (deployment.NumberAt("spec", "replicas") ?? 1) < Math.Ceiling(backend.Now * wanted / 10_000))
            .Select(backend => FormattableString.Invariant($"{backend.Name} gets weight {backend.Now} of {wanted} replicas, and its Deployment wants too few"))
            .FirstOrDefault();
    }

    private static double Weight(JsonNode? route, JsonNode? backend) => route.ItemsAt("spec", "backends")
        .Where(other => string.Equals(other.TextAt("revision"), backend.TextAt("revision"), StringComparison.Ordinal))
        .Sum(other => other.NumberAt("weight") ?? 0);
}
