using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I29, and by it I28: with the same template the Deployment keeps its ReplicaSet, so that a promotion starts no pod anew.</summary>
internal sealed class PodTemplateNeverChanges : IInvariant
{
    public string Id => "I29";

    public string Text => "A revision's pod template never changes";

    public string? Check(ClusterWrite write, StoreModel store) =>
        write.IsOurs(StoreModel.Deployments) && write.Before is not null && !Fields.Same(write.Before.At("spec", "template"), write.After.At("spec", "template"))
            ? $"the template of {write.Name} was another"
            : null;
}
