using MlopsOperator.Api.Values;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I41. That somebody judges shows in the store: evidence of a guarded rollout is saved every 30 s. A reconciler that cannot save lets its floor go a lease
/// after it last could, and gateways stop a lease after they last heard it. What operator and gateways say of leases is not asked.
/// </summary>
internal sealed class ExposedWhileJudged : IGatewayInvariant
{
    /// <summary>Saving of evidence, and a retry of it.</summary>
    private static readonly TimeSpan Saving = TimeSpan.FromSeconds(40);

    private readonly Dictionary<string, TimeSpan> _judged = new(StringComparer.Ordinal);

    public string Id => "I41";

    public string Text => "A leased candidate gets requests only while its rollout is judged";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.IsOurs() && write.Leaves(StoreModel.Rollouts))
        {
            _judged[$"{write.Namespace}/{write.After.TextAt("spec", "deployment")}"] = store.Now;
        }

        return null;
    }

    public string? Check(GatewayStep step, StoreModel store)
    {
        if (!GoDuration.TryParse(step.Route.Spec.Lease, out var lease))
        {
            return null;
        }

        var key = $"{step.Route.Metadata.NamespaceProperty}/{step.Route.Metadata.Name}";
        var silence = store.Now - _judged.GetValueOrDefault(key);
        return silence <= Saving + (2 * lease.Value)
            ? null
            : FormattableString.Invariant($"{step.Gateway} gives the candidate of {key} {step.Requests} requests, and no record of it was saved for {silence.TotalSeconds} s");
    }
}
