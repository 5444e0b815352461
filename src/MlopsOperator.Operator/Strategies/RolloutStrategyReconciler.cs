using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Strategies;

/// <summary>Says whether a strategy can be used. An edit counts from the next rollout: a running one works from its own copy.</summary>
internal sealed class RolloutStrategyReconciler(StatusWriter statuses, TimeProvider time) : IEntityController<RolloutStrategy>
{
    private const string Manager = "mlops-operator-strategies";

    public async Task<ReconciliationResult<RolloutStrategy>> ReconcileAsync(RolloutStrategy entity, CancellationToken cancellationToken)
    {
        var status = new RolloutStrategyStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, RolloutStrategyRules.Check(entity), time),
        };
        await statuses.WriteAsync(entity, new RolloutStrategy { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        return ReconciliationResult<RolloutStrategy>.Success(entity);
    }

    public Task<ReconciliationResult<RolloutStrategy>> DeletedAsync(RolloutStrategy entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<RolloutStrategy>.Success(entity));
}
