using MlopsOperator.Api.Rollouts;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.Invariants;

namespace MlopsOperator.Simulation.Weather;

/// <summary>
/// What rollouts came to for what they released: a version that fails is promoted only where there was nothing to compare it with, and one that does not fail
/// is never taken back for failing. Looked at in each write, as rollouts are pruned.
/// </summary>
internal sealed class Judgements(string bad)
{
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);

    /// <summary>What was judged wrongly.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Looks at a write.</summary>
    public void Observe(ClusterWrite write)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.After.TextAt("spec", "to", "modelVersion") is not { } version)
        {
            return;
        }

        if (write.After.At("spec", "strategy", "recreate") is not null)
        {
            // It judges nobody.
            return;
        }

        var isBad = string.Equals(version, bad, StringComparison.Ordinal);
        var phase = write.After.Phase();
        if (isBad && phase is nameof(RolloutPhase.Succeeded) && write.After.At("spec", "from") is not null)
        {
            _problems.Add($"{version}, which fails, was promoted by {write.Name}");
        }

        if (!isBad && phase is nameof(RolloutPhase.RollingBack) or nameof(RolloutPhase.RolledBack) && write.After.TextAt("status", "reason") is RolloutReasons.Failed)
        {
            _problems.Add($"{version}, which does not fail, was taken back by {write.Name}: {write.After.TextAt("status", "message")}");
        }
    }
}
