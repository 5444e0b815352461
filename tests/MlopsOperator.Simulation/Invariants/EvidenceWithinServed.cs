using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I25, as far as one can see it from the outside: what counts as evidence about a candidate is not more than gateways have given it.</summary>
internal sealed class EvidenceWithinServed : IInvariant
{
    public string Id => "I25";

    public string Text => "Evidence holds no more requests to the candidate than gateways have served";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.Leaves(StoreModel.Rollouts) || write.After.TextAt("spec", "to", "revision") is not { } revision || store.Served(revision) is not { } served)
        {
            return null;
        }

        var counted = write.After.ItemsAt("status", "verdicts").Select(verdict => verdict.NumberAt("samples") ?? 0)
            .Concat(write.After.ItemsAt("status", "evidence", "judge", "guards").Select(guard => guard.NumberAt("seenCandidate", "requests") ?? 0))
            .DefaultIfEmpty(0)
            .Max();

        // Gateways count whole requests, the sum of shares is not exact.
        return counted <= served + 1 ? null : FormattableString.Invariant($"{counted} requests to {revision} are counted; gateways have served {served}");
    }
}
