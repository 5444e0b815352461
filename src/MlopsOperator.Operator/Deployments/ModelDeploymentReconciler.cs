using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Turns what a user wants into revisions and rollouts. Writes ControllerRevisions, <c>ModelRollout.spec</c> and <c>ModelDeployment.status</c>, and
/// nothing else. The order of writes is the order of dependence: a revision is stored before anything names it, the wish is in the status before the
/// rollout that carries it out.
/// </summary>
internal sealed class ModelDeploymentReconciler(
    DeploymentGatherer gatherer,
    BaselineSaving saving,
    IObjectCache<V1ControllerRevision> revisions,
    IKubernetesApi api,
    StatusWriter statuses) : IEntityController<ModelDeployment>
{
    /// <summary>Field manager of this reconciler's writes.</summary>
    public const string Manager = "mlops-operator-deployments";

    public async Task<ReconciliationResult<ModelDeployment>> ReconcileAsync(ModelDeployment entity, CancellationToken cancellationToken)
    {
        // Everything that belongs to a deployment goes with it by garbage collection.
        if (entity.Metadata.DeletionTimestamp is not null)
        {
            return ReconciliationResult<ModelDeployment>.Success(entity);
        }

        var inputs = gatherer.Gather(entity);
        var plan = DeploymentPlanner.Plan(inputs with { Baseline = saving.Due(entity, inputs.Baseline) });
        if (plan.NewRevision is { } added)
        {
            await CreateAsync(RevisionStore.ToControllerRevision(entity, added.Revision, added.Content, inputs.Revisions.Count + 1), cancellationToken);
        }

        foreach (var rollout in plan.Release)
        {
            await ReleaseAsync(rollout, cancellationToken);
        }

        await statuses.WriteAsync(entity, new ModelDeployment { Metadata = entity.Metadata, Spec = entity.Spec, Status = plan.Status }, Manager, cancellationToken);
        if (plan.NewRollout is { } next)
        {
            // A rollout starts from everything that is known of stable, saved or not.
            next.Spec = next.Spec with { Baseline = next.Spec.Baseline is null ? null : inputs.Baseline };
            await CreateAsync(next, cancellationToken);
        }

        await PruneAsync(entity, plan, cancellationToken);
        return ReconciliationResult<ModelDeployment>.Success(entity, BaselineSaving.NextCheck);
    }

    public Task<ReconciliationResult<ModelDeployment>> DeletedAsync(ModelDeployment entity, CancellationToken cancellationToken)
    {
        saving.Forget(entity);
        return Task.FromResult(ReconciliationResult<ModelDeployment>.Success(entity));
    }

    /// <summary>Creates what may be there already: its name is derived, so a repeated create meets itself.</summary>
    private async Task CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await api.CreateAsync(entity, Manager, cancellationToken);
        }
        catch (ApiException error) when (error.Reason is "AlreadyExists")
        {
        }
    }

    private async Task ReleaseAsync(ModelRollout rollout, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["spec"] = new JsonObject { ["released"] = true } };
        await api.MergePatchAsync<ModelRollout>(rollout.Metadata.NamespaceProperty, rollout.Metadata.Name, patch, Manager, cancellationToken);
    }

    private async Task PruneAsync(ModelDeployment deployment, DeploymentPlan plan, CancellationToken cancellationToken)
    {
        foreach (var rollout in plan.Prune)
        {
            await api.DeleteAsync(rollout, cancellationToken);
        }

        foreach (var revision in plan.PruneRevisions)
        {
            if (revisions.Get(deployment.Metadata.NamespaceProperty, RevisionNames.Child(deployment.Metadata.Name, revision)) is { } stored)
            {
                await api.DeleteAsync(stored, cancellationToken);
            }
        }
    }
}
