using MlopsOperator.Api;
using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Strategies;

/// <summary>Says whether a strategy, of a namespace or of all, can be used. An edit counts from the next rollout: a running one works from its own copy.</summary>
[EntityRbac(typeof(RolloutStrategy), typeof(ClusterRolloutStrategy), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(RolloutStrategy), typeof(ClusterRolloutStrategy), Subresource = "status", Verbs = RbacVerb.Update)]
internal sealed class RolloutStrategyReconciler<TStrategy>(StatusWriter statuses, IEventRecorder events, TimeProvider time) : IEntityController<TStrategy>
    where TStrategy : CustomResource<RolloutStrategySpec, RolloutStrategyStatus>, new()
{
    private const string Manager = "mlops-operator-strategies";

    public async Task<ReconciliationResult<TStrategy>> ReconcileAsync(TStrategy entity, CancellationToken cancellationToken)
    {
        var problems = RolloutStrategyRules.Check(entity.Spec, "spec");
        var status = new RolloutStrategyStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, problems, time),
        };
        await statuses.WriteAsync(entity, new TStrategy { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        if (StalledNews.Of(entity.Status?.Conditions, problems) is { } problem)
        {
            events.Publish(entity, EventType.Warning, problem.Reason, "Check", problem.Message);
        }

        return ReconciliationResult<TStrategy>.Success(entity);
    }

    public Task<ReconciliationResult<TStrategy>> DeletedAsync(TStrategy entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<TStrategy>.Success(entity));
}
