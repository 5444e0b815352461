using MlopsOperator.Api.Models;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Models;

/// <summary>Says whether a runtime can be used.</summary>
internal sealed class ModelRuntimeReconciler(StatusWriter statuses, TimeProvider time) : IEntityController<ClusterModelRuntime>
{
    private const string Manager = "mlops-operator-runtimes";

    public async Task<ReconciliationResult<ClusterModelRuntime>> ReconcileAsync(ClusterModelRuntime entity, CancellationToken cancellationToken)
    {
        var status = new ModelRuntimeStatus
        {
            ObservedGeneration = entity.Metadata.Generation ?? 0,
            Conditions = Readiness.Of(entity, entity.Status?.Conditions, ModelRuntimeRules.Check(entity), time),
        };
        await statuses.WriteAsync(entity, new ClusterModelRuntime { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
        return ReconciliationResult<ClusterModelRuntime>.Success(entity);
    }

    public Task<ReconciliationResult<ClusterModelRuntime>> DeletedAsync(ClusterModelRuntime entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<ClusterModelRuntime>.Success(entity));
}
