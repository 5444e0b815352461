using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I18. Remembered per owner: a number whose rollout was deleted is not used again.</summary>
internal sealed class RolloutNumbersRise : IInvariant
{
    private readonly Dictionary<string, double> _highest = new(StringComparer.Ordinal);

    public string Id => "I18";

    public string Text => "Numbers of rollouts rise and are not used again";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.Before is not null)
        {
            return null;
        }

        var owner = write.After.OwnerUid() ?? "";
        var highest = _highest.GetValueOrDefault(owner);
        var number = write.After.NumberAt("spec", "number") ?? 0;
        _highest[owner] = Math.Max(highest, number);
        return number > highest ? null : FormattableString.Invariant($"number {number} after {highest}");
    }
}
