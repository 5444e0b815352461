using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I34, where processes compete for the Lease: by what is stored, the writer holds it, and has renewed it within its duration. Two that write by turns for
/// one object are found by this: at each write at most one of them holds it. Needs names that tell processes apart, which worlds give them.
/// </summary>
internal sealed class WritesWithinLease : IInvariant
{
    private const string Leases = "leases.coordination.k8s.io";

    private string? _holder;
    private TimeSpan _until;

    public string Id => "I34";

    public string Text => "A process of the operator writes only while it holds the Lease";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Leaves(Leases) && write.IsOurs())
        {
            _holder = write.After.TextAt("spec", "holderIdentity");
            _until = store.Now + TimeSpan.FromSeconds(write.After.NumberAt("spec", "leaseDurationSeconds") ?? 0);
            return null;
        }

        if (_holder is null || !write.IsOurs() || write.IsOfProgram())
        {
            return null;
        }

        return !_holder.StartsWith(write.Client + "_", StringComparison.Ordinal) ? $"{write.Client} wrote, and {(_holder.Length == 0 ? "nobody" : _holder)} holds the Lease"
            : store.Now > _until ? FormattableString.Invariant($"{write.Client} wrote {(store.Now - _until).TotalSeconds:0.0} s after its Lease was over")
            : null;
    }
}
