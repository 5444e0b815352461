using MlopsOperator.DevCluster.Faults;

namespace MlopsOperator.DevCluster;

/// <summary>
/// Faults by script. They hit clients of the cluster, not its own controllers and node. A fault that was set and never happened fails the test
/// when the cluster is disposed, unless it was told that it <see cref="ScriptedFault.MayNotHappen"/>.
/// </summary>
public sealed class ClusterFaults
{
    private readonly ClientGate gate;

    internal ClusterFaults(ClientGate gate) => this.gate = gate;

    /// <summary>Begins a fault; it is set by what follows, such as <see cref="FaultScript.Conflict"/>. The first that was set and matches wins.</summary>
    /// <param name="verb">get, list, watch, create, update, patch (apply: only server-side apply), delete or deletecollection; write: any of the last five; null: any.</param>
    /// <param name="resource">Plural name such as leases, or with its group such as leases.coordination.k8s.io; null: any, and paths of no resource.</param>
    /// <param name="subresource">Such as status; "": none; null: with and without.</param>
    /// <param name="name">Name of the object, also of one that is to be created; null: any.</param>
    /// <param name="manager">Field manager, or the client's User-Agent, whole or up to its first slash; null: any client.</param>
    /// <exception cref="ArgumentException">There is no such verb.</exception>
    public FaultScript On(string? verb = null, string? resource = null, string? subresource = null, string? name = null, string? manager = null)
    {
        if (verb is not null && !RequestFacts.Verbs.Contains(verb, StringComparer.Ordinal))
        {
            throw new ArgumentException($"\"{verb}\" is no verb of the API; these are: {string.Join(", ", RequestFacts.Verbs)}", nameof(verb));
        }

        return new FaultScript(gate, new FaultTarget(verb, resource, subresource, name, manager));
    }
}
