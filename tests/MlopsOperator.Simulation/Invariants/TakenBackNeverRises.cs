using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I8. Where stable has no ready endpoint, a candidate that still has weight takes all of it: nobody else could answer (decision 5).</summary>
internal sealed class TakenBackNeverRises : IInvariant
{
    public string Id => "I8";

    public string Text => "Once a candidate is taken back, its weight never rises";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.Before is null || write.After.Phase() is not ("RollingBack" or "RolledBack" or "Superseded"))
        {
            return null;
        }

        var (was, now) = (write.Before.NumberAt("status", "weights", "candidate") ?? 0, write.After.NumberAt("status", "weights", "candidate") ?? 0);
        if (now <= was)
        {
            return null;
        }

        var stable = $"{write.After.TextAt("spec", "deployment")}-{write.After.TextAt("spec", "from", "revision")}";
        return was > 0 && store.ReadyEndpoints(write.Namespace, stable) == 0 ? null : FormattableString.Invariant($"{write.After.Phase()}: weight {now} after {was}");
    }
}
