using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I3, looked at when a weight rises: pods that are lost later take some of it back after a while only. Where stable has no ready endpoint, whoever has some
/// takes all. What goes between the operator's own look at the API and a write that comes late it cannot know.
/// </summary>
internal sealed class RaisedWeightHasReadyPods : IInvariant
{
    public string Id => "I3";

    public string Text => "A candidate's weight rises no further than its ready endpoints bear";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (store.IsSlow || store.SentAt(write) != store.Now || !write.IsOurs(StoreModel.Rollouts) || write.After.TextAt("spec", "from", "revision") is not { } from)
        {
            return null;
        }

        var (was, now) = (write.Before.NumberAt("status", "weights", "candidate") ?? 0, write.After.NumberAt("status", "weights", "candidate") ?? 0);
        var name = write.After.TextAt("spec", "deployment") ?? "";
        if (now <= was || store.ReadyEndpoints(write.Namespace, $"{name}-{from}") == 0)
        {
            return null;
        }

        var wanted = store.Get(StoreModel.ModelDeployments, write.Namespace, name).NumberAt("spec", "replicas") ?? 1;
        var needed = Math.Ceiling(now * wanted / 10_000);
        var ready = store.ReadyEndpoints(write.Namespace, $"{name}-{write.After.TextAt("spec", "to", "revision")}");
        return ready >= needed ? null : FormattableString.Invariant($"weight {now} after {was} of {wanted} replicas needs {needed} ready endpoints, there are {ready}");
    }
}
