using MlopsOperator.ControllerRuntime.Reconciling;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>A controller whose behaviour a test sets, and which keeps what it was called for.</summary>
internal sealed class WidgetController : IEntityController<Widget>
{
    public List<string> Calls { get; } = [];

    public Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>>? OnReconcile { get; set; }

    public Func<Widget, ReconciliationResult<Widget>>? OnDeleted { get; set; }

    public async Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        Calls.Add($"{entity.Metadata.Name}:{entity.Spec.Count}");
        return OnReconcile is null ? ReconciliationResult<Widget>.Success(entity) : await OnReconcile(entity, cancellationToken);
    }

    public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
    {
        Calls.Add($"deleted {entity.Metadata.Name}:{entity.Spec.Count}");
        return Task.FromResult(OnDeleted is null ? ReconciliationResult<Widget>.Success(entity) : OnDeleted(entity));
    }
}
