using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Strategies;

/// <summary>Says whether a strategy can be used. An edit counts from the next rollout: a running one works from its own copy.</summary>
[EntityRbac(typeof(RolloutStrategy), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(RolloutStrategy), Subresource = "status", Verbs = RbacVerb.Update)]
internal sealed class RolloutStrategyReconciler(StatusWriter statuses, IEventRecorder events, TimeProvider time) : IEntityController<RolloutStrategy>
{
    private const string Manager = "mlops-operator-strategies";

    public async Task<ReconciliationResult<RolloutStrategy>> ReconcileAsync(RolloutStrategy entity, CancellationToken cancellationToken)
    {
        var problems = RolloutStrategyRules.Check(entity);
        var status = new RolloutStrategyStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, problems, time),
        };
        await statuses.WriteAsync(entity, new RolloutStrategy { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        if (StalledNews.Of(entity.Status?.Conditions, problems) is { } problem)
        {
            events.Publish(entity, EventType.Warning, problem.Reason, "Check", problem.Message);
        }

        return ReconciliationResult<RolloutStrategy>.Success(entity);
    }

    public Task<ReconciliationResult<RolloutStrategy>> DeletedAsync(RolloutStrategy entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<RolloutStrategy>.Success(entity));
}
