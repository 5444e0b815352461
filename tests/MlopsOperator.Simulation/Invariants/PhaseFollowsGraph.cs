using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I16.</summary>
internal sealed class PhaseFollowsGraph : IInvariant
{
    private static readonly Dictionary<string, string[]> Next = new(StringComparer.Ordinal)
    {
        ["Pending"] = ["Preparing", "RollingBack", "Refused", "Superseded", "Promoting", "Succeeded"],

        // A first version, and one adopted while nothing is wanted to run, go through no steps of traffic.
        ["Preparing"] = ["Progressing", "Promoting", "RollingBack", "Superseded", "Succeeded", "Baking", "Retiring"],
        ["Progressing"] = ["Promoting", "RollingBack"],
        ["Promoting"] = ["Baking", "Retiring", "RollingBack"],
        ["Baking"] = ["Retiring", "RollingBack", "Succeeded"],
        ["Retiring"] = ["Succeeded"],
        ["RollingBack"] = ["RolledBack", "Superseded"],
    };

    public string Id => "I16";

    public string Text => "Phases follow the graph, and a final phase is final";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.Before is null)
        {
            return null;
        }

        var (was, now) = (write.Before.Phase(), write.After.Phase());
        return string.Equals(was, now, StringComparison.Ordinal) || Next.GetValueOrDefault(was, []).Contains(now, StringComparer.Ordinal) ? null : $"{was} became {now}";
    }
}
