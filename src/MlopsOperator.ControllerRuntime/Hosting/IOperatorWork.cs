namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>
/// A loop that runs beside the workers: once all caches are complete, and only while this process leads. It stays on the caller's
/// synchronization context, as the operator's own loops do.
/// </summary>
public interface IOperatorWork
{
    /// <summary>Runs until cancelled. What it throws otherwise, or an end by itself, is a fault that ends the operator.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
