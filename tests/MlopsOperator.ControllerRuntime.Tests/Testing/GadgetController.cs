using MlopsOperator.ControllerRuntime.Reconciling;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>Keeps what it was called for.</summary>
internal sealed class GadgetController : IEntityController<Gadget>
{
    public List<string> Calls { get; } = [];

    public Task<ReconciliationResult<Gadget>> ReconcileAsync(Gadget entity, CancellationToken cancellationToken)
    {
        Calls.Add($"{entity.Metadata.Name}:{entity.Spec.Count}");
        return Task.FromResult(ReconciliationResult<Gadget>.Success(entity));
    }

    public Task<ReconciliationResult<Gadget>> DeletedAsync(Gadget entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<Gadget>.Success(entity));
}
