using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Turns what a user wants into revisions and rollouts. Writes ControllerRevisions, <c>ModelRollout.spec</c> and <c>ModelDeployment.status</c>, and
/// nothing else. The order of writes is the order of dependence: a revision is stored before anything names it, the wish is in the status before the
/// rollout that carries it out.
/// </summary>
[EntityRbac(typeof(ModelDeployment), typeof(ModelVersion), typeof(ClusterModelRuntime), typeof(RolloutStrategy), typeof(V1Deployment), typeof(V1EndpointSlice), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(ModelDeployment), Subresource = "status", Verbs = RbacVerb.Update)]
[EntityRbac(typeof(ModelRollout), Verbs = RbacVerb.Read | RbacVerb.Create | RbacVerb.Patch | RbacVerb.Delete)]
[EntityRbac(typeof(V1ControllerRevision), Verbs = RbacVerb.Read | RbacVerb.Create | RbacVerb.Delete)]
internal sealed class ModelDeploymentReconciler(
    DeploymentGatherer gatherer,
    BaselineSaving saving,
    TakenNames taken,
    LostRecords lost,
    LiveOwners owners,
    IObjectCache<V1ControllerRevision> revisions,
    IKubernetesApi api,
    StatusWriter statuses,
    IEventRecorder events) : IEntityController<ModelDeployment>
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

        var gathered = gatherer.Gather(entity);
        var inputs = gathered with { Taken = taken.Of(entity), Baseline = saving.Due(entity, gathered.Baseline) };
        var plan = DeploymentPlanner.Plan(inputs);
        if ((plan.NewRevision is not null || plan.NewRollout is not null) && !await owners.ExistsAsync(entity, cancellationToken))
        {
            // Its end is on the way here.
            return ReconciliationResult<ModelDeployment>.Success(entity);
        }

        if (plan.NewRevision is { } added)
        {
            var stored = RevisionStore.ToControllerRevision(entity, added.Revision, added.Content, inputs.Revisions.Count + 1);
            if (RevisionStore.TooLarge(entity, stored) is { } size)
            {
                plan = DeploymentPlanner.Plan(inputs with { Problem = size });
            }
            else if (await CreateAsync(entity, stored, V1ControllerRevision.KubeKind, cancellationToken) is { } held)
            {
                // Nothing may name a revision that is not stored: what was wanted before is wanted on.
                plan = DeploymentPlanner.Plan(inputs with { Problem = held.Problem });
            }
        }

        foreach (var rollout in plan.Release)
        {
            await ReleaseAsync(rollout, cancellationToken);
        }

        await statuses.WriteAsync(entity, new ModelDeployment { Metadata = entity.Metadata, Spec = entity.Spec, Status = plan.Status }, Manager, cancellationToken);
        if (StalledNews.Of(entity.Status?.Conditions, plan.Problem) is { } problem)
        {
            events.Publish(entity, EventType.Warning, problem.Reason, "Plan", problem.Message);
        }

        var news = taken.Remember(entity, await StartAsync(gathered, plan.NewRollout, cancellationToken));
        await PruneAsync(entity, plan, cancellationToken);
        if (lost.IsNews(entity, plan.LostRecord))
        {
            events.Publish(
                entity,
                EventType.Warning,
                "RecordLost",
                "Plan",
                $"ModelRollout {RevisionNames.Rollout(entity.Metadata.Name, plan.LostRecord!.Value)}, which promoted {plan.Status.Stable?.ModelVersion}, was deleted; by the status {plan.Status.Stable?.ModelVersion} stays what serves.");
        }

        return ReconciliationResult<ModelDeployment>.Success(entity, news ? TimeSpan.Zero : BaselineSaving.NextCheck);
    }

    public Task<ReconciliationResult<ModelDeployment>> DeletedAsync(ModelDeployment entity, CancellationToken cancellationToken)
    {
        saving.Forget(entity);
        taken.Remember(entity, null);
        lost.IsNews(entity, null);
        return Task.FromResult(ReconciliationResult<ModelDeployment>.Success(entity));
    }

    private async Task<TakenName?> StartAsync(DeploymentInputs gathered, ModelRollout? next, CancellationToken cancellationToken)
    {
        if (next is null)
        {
            return null;
        }

        // A rollout starts from everything that is known of stable, saved or not.
        next.Spec = next.Spec with { Baseline = next.Spec.Baseline is null ? null : gathered.Baseline };
        return await CreateAsync(gathered.Deployment, next, ModelRollout.KubeKind, cancellationToken);
    }

    /// <summary>
    /// Creates what may be there already: its name is derived, so a repeated create meets itself. One that meets an object of somebody else (an orphan of a
    /// former deployment of the name) or that is refused gives what is in the way.
    /// </summary>
    private async Task<TakenName?> CreateAsync<T>(ModelDeployment deployment, T entity, string kind, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await api.CreateAsync(entity, Manager, cancellationToken);
            return null;
        }
        catch (ApiException error) when (error.Reason is "AlreadyExists")
        {
            var holder = await api.GetAsync<T>(entity.Metadata.NamespaceProperty, entity.Metadata.Name, cancellationToken);
            if (holder is null)
            {
                // Gone in between: the next run creates it.
                throw;
            }

            return DeploymentGatherer.IsOwned(holder.Metadata, deployment) ? null : TakenNames.Describe(deployment, holder, kind);
        }
        catch (ApiException error) when (error.Code is 400 or 403 or 413 or 422)
        {
            return TakenNames.Refused(deployment, entity, kind, error);
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

        if (plan.PruneRevisions.Count == 0)
        {
            return;
        }

        // The watch of rollouts may not show yet what this controller has created.
        var live = await api.ListAsync<ModelRollout>(
            deployment.Metadata.NamespaceProperty, $"{WellKnown.DeploymentLabel}={deployment.Metadata.Name}", cancellationToken);
        var needed = live.Where(rollout => !RolloutLedger.IsFinal(rollout))
            .SelectMany(rollout => new[] { rollout.Spec.To.Revision, rollout.Spec.From?.Revision })
            .ToHashSet(StringComparer.Ordinal);
        foreach (var revision in plan.PruneRevisions.Where(revision => !needed.Contains(revision)))
        {
            if (revisions.Get(deployment.Metadata.NamespaceProperty, RevisionNames.Child(deployment.Metadata.Name, revision)) is { } stored)
            {
                await api.DeleteAsync(stored, cancellationToken);
            }
        }
    }
}
