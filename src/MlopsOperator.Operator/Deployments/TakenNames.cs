using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Creates that a deployment needs and that do not succeed, as an object of somebody else holds the name or the API server refuses. A rollout is created
/// after the status is written, so the next run tells of it.
/// </summary>
internal sealed class TakenNames
{
    private readonly ConcurrentDictionary<string, TakenName> _taken = new(StringComparer.Ordinal);

    /// <summary>What the deployment met last, or null.</summary>
    public TakenName? Of(ModelDeployment deployment) => _taken.GetValueOrDefault(deployment.Metadata.Uid);

    /// <summary>Remembers it, or forgets it when null. True if that is news.</summary>
    public bool Remember(ModelDeployment deployment, TakenName? taken)
    {
        var before = Of(deployment);
        if (taken is null)
        {
            _taken.TryRemove(deployment.Metadata.Uid, out _);
        }
        else
        {
            _taken[deployment.Metadata.Uid] = taken;
        }

        return before != taken;
    }

    /// <summary>The problem with an object that the API server refuses: a quota, a policy, a right that is missing.</summary>
    public static TakenName Refused(ModelDeployment deployment, IKubernetesObject<V1ObjectMeta> refused, string kind, ApiException error) =>
        new(refused.Metadata.Name, new SpecProblem(
            "CreateRefused",
            $"ModelDeployment {deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name} needs {kind} {refused.Metadata.NamespaceProperty}/{refused.Metadata.Name}, which the API server "
            + FormattableString.Invariant($"refuses ({error.Code}: {error.Message}); change what it asks for; it is tried again every {BaselineSaving.NextCheck.TotalSeconds} s")));

    /// <summary>The problem with an object that has the name of one that the deployment needs.</summary>
    public static TakenName Describe(ModelDeployment deployment, IKubernetesObject<V1ObjectMeta> holder, string kind)
    {
        var name = $"{holder.Metadata.NamespaceProperty}/{holder.Metadata.Name}";
        return new TakenName(holder.Metadata.Name, new SpecProblem(
            "NameTaken",
            $"ModelDeployment {deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name} needs the name of {kind} {name}, which exists and does not belong to it "
            + $"(uid {deployment.Metadata.Uid} is none of its owners), as after a delete with --cascade=orphan; delete {kind} {name}"));
    }
}
