namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>Pure: how many pods each ReplicaSet of a Deployment should have next.</summary>
internal static class ReplicaShares
{
    /// <summary>Replicas of the newest set in a rolling update: up to the surge, never beyond the wanted.</summary>
    public static int ForNewSet(DeploymentPlan plan, int current, int totalOfAllSets)
    {
        if (plan.Recreate)
        {
            return plan.Replicas;
        }

        if (current > plan.Replicas)
        {
            return plan.Replicas;
        }

        var room = plan.MaxPods - totalOfAllSets;
        return room <= 0 ? current : current + Math.Min(room, plan.Replicas - current);
    }

    /// <summary>
    /// Old sets in a rolling update, oldest first. First those pods go that do not serve anyway, then as many as availability allows.
    /// </summary>
    /// <returns>Sets that change, with their next replicas.</returns>
    public static IReadOnlyList<(OwnedReplicaSet Set, int Replicas)> ForOldSets(DeploymentPlan plan, OwnedReplicaSet newest, IReadOnlyList<OwnedReplicaSet> old)
    {
        var wanted = old.ToDictionary(set => set.Name, set => set.Replicas, StringComparer.Ordinal);
        var total = newest.Replicas + old.Sum(set => set.Replicas);
        var newestUnavailable = newest.Replicas - newest.Available;
        var budget = total - plan.MinAvailable - newestUnavailable;
        if (budget <= 0)
        {
            return [];
        }

        foreach (var set in old.Where(set => set.IsObserved))
        {
            var unhealthy = Math.Min(budget, set.Replicas - set.Available);
            if (unhealthy > 0)
            {
                wanted[set.Name] -= unhealthy;
                budget -= unhealthy;
            }
        }

        // A set that was just scaled down still reports the pods that are on their way out.
        var spare = Math.Min(newest.Available, newest.Replicas) + old.Sum(set => Math.Min(set.Available, set.Replicas)) - plan.MinAvailable;
        foreach (var set in old)
        {
            var step = Math.Min(Math.Max(spare, 0), wanted[set.Name]);
            wanted[set.Name] -= step;
            spare -= step;
        }

        return [.. old.Where(set => wanted[set.Name] != set.Replicas).Select(set => (set, wanted[set.Name]))];
    }

    /// <summary>
    /// The Deployment was scaled in the middle of a rollout: what is added or taken is shared out in proportion to what each set has,
    /// and what is left over goes to the largest, so that the mix of versions stays.
    /// </summary>
    /// <param name="sets">Sets with pods, the newest first.</param>
    /// <param name="change">Pods to add; negative: to take.</param>
    public static IReadOnlyList<(OwnedReplicaSet Set, int Replicas)> Proportional(IReadOnlyList<OwnedReplicaSet> sets, int change)
    {
        var total = sets.Sum(set => set.Replicas);
        var ordered = sets.OrderByDescending(set => set.Replicas).ToList();
        var result = new List<(OwnedReplicaSet Set, int Replicas)>();
        var left = change;
        foreach (var set in ordered)
        {
            var share = total == 0 ? 0 : (int)Math.Round((double)set.Replicas * change / total, MidpointRounding.AwayFromZero);
            share = change >= 0 ? Math.Min(share, left) : Math.Max(share, left);
            left -= share;
            result.Add((set, Math.Max(0, set.Replicas + share)));
        }

        if (left != 0 && result.Count > 0)
        {
            result[0] = (result[0].Set, Math.Max(0, result[0].Replicas + left));
        }

        return [.. result.Where(item => item.Replicas != item.Set.Replicas)];
    }
}
