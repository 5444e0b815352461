using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I21.</summary>
internal sealed class PassHasData : IInvariant
{
    public string Id => "I21";

    public string Text => "A verdict without data is not Pass";

    public string? Check(ClusterWrite write, StoreModel store) => !write.Leaves(StoreModel.Rollouts)
        ? null
        : write.After.ItemsAt("status", "verdicts")
            .Where(verdict => verdict.TextAt("state") is "Pass" && (verdict.NumberAt("samples") is not > 0 || verdict.NumberAt("candidate") is not { } value || !double.IsFinite(value)))
            .Select(verdict => $"{verdict?.ToJsonString()}")
            .FirstOrDefault();
}
