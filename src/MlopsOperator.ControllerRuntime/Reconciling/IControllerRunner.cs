namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Runs one controller.</summary>
internal interface IControllerRunner
{
    string Name { get; }

    /// <summary>Remembers nothing to do until <see cref="Start"/>'s gate opens; then all objects are to be looked at.</summary>
    void StandBy();

    /// <summary>Starts the workers, which wait for the gate and then run until cancelled; a task each, so that a fault of one shows at once.</summary>
    IReadOnlyList<Task> Start(Task gate, CancellationToken cancellationToken);

    /// <summary>Reconciles the next ready key; false when none is ready.</summary>
    Task<bool> TryRunOneAsync(CancellationToken cancellationToken);
}
