using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I30. Looked at when a ControllerRevision is deleted by the operator while its deployment is there.</summary>
internal sealed class NeededRevisionsKept : IInvariant
{
    public string Id => "I30";

    public string Text => "Pruning spares the revisions of stable, of unfinished rollouts and the way back from them";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs() || write.Method is not "DELETE" || write.Resource is not "controllerrevisions.apps" || write.Before is not { } before)
        {
            return null;
        }

        var owner = before.OwnerUid();
        var deployment = store.Get(StoreModel.ModelDeployments, write.Namespace, before.TextAt("metadata", "labels", "mlops-operator.io/deployment") ?? "");
        if (!string.Equals(deployment.TextAt("metadata", "uid"), owner, StringComparison.Ordinal))
        {
            return null;
        }

        var revision = before.TextAt("metadata", "labels", "mlops-operator.io/revision");
        if (string.Equals(deployment.TextAt("status", "stable", "revision"), revision, StringComparison.Ordinal))
        {
            return $"{revision} is stable";
        }

        return store.RolloutsOf(write.Namespace, owner)
            .Where(rollout => !rollout.IsFinal())
            .SelectMany(rollout => new[] { "from", "to" }, (rollout, side) => (Name: rollout.TextAt("metadata", "name"), Side: side, Revision: rollout.TextAt("spec", side, "revision")))
            .Where(needed => string.Equals(needed.Revision, revision, StringComparison.Ordinal))
            .Select(needed => $"{revision} is spec.{needed.Side} of {needed.Name}, which is not over")
            .FirstOrDefault();
    }
}
