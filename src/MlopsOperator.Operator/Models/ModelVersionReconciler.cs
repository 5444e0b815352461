using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Models;

/// <summary>Says whether a version can be used, and who uses it. Deleting one that serves changes nothing: revisions hold their copy.</summary>
[EntityRbac(typeof(ModelVersion), typeof(ModelDeployment), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(ModelVersion), Subresource = "status", Verbs = RbacVerb.Update)]
internal sealed class ModelVersionReconciler(IObjectCache<ModelDeployment> deployments, StatusWriter statuses, IEventRecorder events, TimeProvider time) : IEntityController<ModelVersion>
{
    private const string Manager = "mlops-operator-versions";
    private const int MostUsers = 100;

    public async Task<ReconciliationResult<ModelVersion>> ReconcileAsync(ModelVersion entity, CancellationToken cancellationToken)
    {
        var users = deployments.List(entity.Metadata.NamespaceProperty)
            .Where(deployment => ModelVersionKeys.Names(deployment).Contains(entity.Metadata.Name, StringComparer.Ordinal))
            .Select(deployment => deployment.Metadata.Name)
            .Take(MostUsers)
            .ToList();
        var problems = ModelVersionRules.Check(entity);
        var status = new ModelVersionStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            UsedBy = users.Count == 0 ? null : users,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, problems, time),
        };
        await statuses.WriteAsync(entity, new ModelVersion { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        if (StalledNews.Of(entity.Status?.Conditions, problems) is { } problem)
        {
            events.Publish(entity, EventType.Warning, problem.Reason, "Check", problem.Message);
        }

        return ReconciliationResult<ModelVersion>.Success(entity);
    }

    public Task<ReconciliationResult<ModelVersion>> DeletedAsync(ModelVersion entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<ModelVersion>.Success(entity));
}
