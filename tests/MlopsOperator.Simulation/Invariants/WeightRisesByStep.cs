using System.Globalization;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I7. Measured from the highest weight that the rollout had: what was lost with pods may come back at once. Where stable has no ready endpoint, the
/// candidate takes all (rule 13).
/// </summary>
internal sealed class WeightRisesByStep : IInvariant
{
    private readonly Dictionary<string, double> _highest = new(StringComparer.Ordinal);

    public string Id => "I7";

    public string Text => "A candidate's weight rises by one step at a time";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.After.At("spec", "from") is null || write.After.NumberAt("status", "weights", "candidate") is not { } now)
        {
            return null;
        }

        var key = write.After.TextAt("metadata", "uid") ?? write.Name;
        var highest = _highest.GetValueOrDefault(key);
        _highest[key] = Math.Max(highest, now);
        var next = write.After.ItemsAt("spec", "strategy", "canary", "steps").Select(step => Weight(step.TextAt("weight"))).Where(weight => weight > highest).DefaultIfEmpty(10_000).Min();
        var stable = $"{write.After.TextAt("spec", "deployment")}-{write.After.TextAt("spec", "from", "revision")}";
        return now <= highest || now <= next || write.After.IsPromotedByPerson() || store.ReadyEndpoints(write.Namespace, stable) == 0 ? null : FormattableString.Invariant($"weight {now} after {highest}; the next step is {next}");
    }

    private static double Weight(string? share) =>
        double.TryParse(share?.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? Math.Round(percent * 100) : 0;
}
