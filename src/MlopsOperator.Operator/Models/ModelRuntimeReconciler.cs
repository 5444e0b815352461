using MlopsOperator.Api.Models;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Models;

/// <summary>Says whether a runtime can be used.</summary>
[EntityRbac(typeof(ClusterModelRuntime), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(ClusterModelRuntime), Subresource = "status", Verbs = RbacVerb.Update)]
internal sealed class ModelRuntimeReconciler(StatusWriter statuses, IEventRecorder events, TimeProvider time) : IEntityController<ClusterModelRuntime>
{
    private const string Manager = "mlops-operator-runtimes";

    public async Task<ReconciliationResult<ClusterModelRuntime>> ReconcileAsync(ClusterModelRuntime entity, CancellationToken cancellationToken)
    {
        var problems = ModelRuntimeRules.Check(entity);
        var status = new ModelRuntimeStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, problems, time),
        };
        await statuses.WriteAsync(entity, new ClusterModelRuntime { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        if (StalledNews.Of(entity.Status?.Conditions, problems) is { } problem)
        {
            events.Publish(entity, EventType.Warning, problem.Reason, "Check", problem.Message);
        }

        return ReconciliationResult<ClusterModelRuntime>.Success(entity);
    }

    public Task<ReconciliationResult<ClusterModelRuntime>> DeletedAsync(ClusterModelRuntime entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<ClusterModelRuntime>.Success(entity));
}
