using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I2. The operator asks the API itself before it gives more weight; what goes between that answer and a write that comes late it cannot know.</summary>
internal sealed class WeightNeedsEndpoint : IInvariant
{
    public string Id => "I2";

    public string Text => "No revision without ready endpoints is given weight while another revision of the route has some";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (store.IsSlow || store.SentAt(write) != store.Now || !write.IsOurs(StoreModel.Routes))
        {
            return null;
        }

        var backends = write.After.ItemsAt("spec", "backends")
            .Select(backend => (Service: backend.TextAt("service"), Weight: backend.NumberAt("weight") ?? 0, Ready: store.ReadyEndpoints(write.Namespace, backend.TextAt("service"))))
            .ToList();
        if (backends.All(backend => backend.Ready == 0))
        {
            return null;
        }

        return backends.Where(backend => backend is { Weight: > 0, Ready: 0 }).Select(backend => FormattableString.Invariant($"{backend.Service} has weight {backend.Weight} and no ready endpoint")).FirstOrDefault();
    }
}
