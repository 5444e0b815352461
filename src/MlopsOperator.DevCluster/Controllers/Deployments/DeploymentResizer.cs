namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>A Deployment whose replicas were changed, or that is paused: its sets are scaled as they stand.</summary>
internal sealed class DeploymentResizer(ReplicaSetWriter writer)
{
    /// <summary>Whether the wanted replicas are others than when a set with pods was last scaled.</summary>
    public static bool IsResized(RolloutRound round) =>
        round.All.Any(set => set.Replicas > 0 && set.Desired > 0 && set.Desired != round.Plan.Replicas);

    /// <summary>Scales what is there, without moving pods between versions.</summary>
    public async Task ResizeAsync(RolloutRound round, CancellationToken cancellationToken)
    {
        var plan = round.Plan;
        var active = round.All.Where(set => set.Replicas > 0).OrderByDescending(set => set.Revision).ToList();
        if (active.Count == 0 && (round.Newest ?? (round.Old.Count > 0 ? round.Old[^1] : null)) is { } latest)
        {
            active = [latest];
        }

        IEnumerable<(OwnedReplicaSet Set, int Replicas)> next;
        if (active.Count <= 1)
        {
            next = active.Select(set => (set, plan.Replicas));
        }
        else if (plan.Recreate)
        {
            next = [];
        }
        else if (round.Newest is { } newest && newest.Replicas == plan.Replicas && newest.Available == plan.Replicas)
        {
            next = active.Where(set => set != newest).Select(set => (set, 0));
        }
        else
        {
            var room = plan.Replicas == 0 ? 0 : plan.MaxPods;
            next = ReplicaShares.Proportional(active, room - active.Sum(set => set.Replicas));
        }

        var changes = next.ToDictionary(item => item.Set.Name, item => item.Replicas, StringComparer.Ordinal);
        foreach (var set in active.Where(set => changes.ContainsKey(set.Name) || set.Desired != plan.Replicas))
        {
            await writer.ScaleAsync(round.Deployment, plan, set, changes.GetValueOrDefault(set.Name, set.Replicas), cancellationToken);
        }
    }
}
