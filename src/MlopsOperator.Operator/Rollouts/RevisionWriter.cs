using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>Brings a revision's Deployment and Service to what a decision wants, and keeps the deployment's own Service.</summary>
internal sealed class RevisionWriter(
    IObjectCache<V1Deployment> deployments,
    IObjectCache<V1Service> services,
    RevisionObserver revisions,
    ChildWriter children,
    IKubernetesApi api,
    OperatorOptions options)
{
    /// <summary>
    /// Applies the Service under the deployment's own name, which leads to the gateway. One that somebody else made is left alone.
    /// </summary>
    public async Task WriteAliasAsync(ModelDeployment owner, CancellationToken cancellationToken)
    {
        var cached = services.Get(owner.Metadata.NamespaceProperty, owner.Metadata.Name);
        var present = cached ?? await api.GetAsync<V1Service>(owner.Metadata.NamespaceProperty, owner.Metadata.Name, cancellationToken);
        if (present is null || DeploymentGatherer.IsOwned(present.Metadata, owner))
        {
            await children.ApplyAsync(owner, ChildObjects.Alias(owner, options), cached, cancellationToken);
        }
    }

    /// <summary>Applies the revision with a number of pods, or deletes it when <paramref name="replicas"/> is null. Idempotent.</summary>
    public async Task WriteAsync(ModelDeployment owner, string revision, int? replicas, CancellationToken cancellationToken)
    {
        var (@namespace, name) = (owner.Metadata.NamespaceProperty, RevisionNames.Child(owner.Metadata.Name, revision));
        var deployment = deployments.Get(@namespace, name);
        var service = services.Get(@namespace, name);
        if (replicas is not { } wanted)
        {
            await children.DeleteAsync(deployment, cancellationToken);
            await children.DeleteAsync(service, cancellationToken);
            return;
        }

        // Without its ControllerRevision a revision cannot be made again; what runs of it, runs on.
        if (revisions.Content(owner, revision) is not { } content)
        {
            return;
        }

        await children.ApplyAsync(owner, ChildObjects.Deployment(owner, revision, content, wanted, options), deployment, cancellationToken);
        await children.ApplyAsync(owner, ChildObjects.Service(owner, revision, content), service, cancellationToken);
    }
}
