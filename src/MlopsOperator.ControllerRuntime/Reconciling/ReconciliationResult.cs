using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>What became of a reconciliation.</summary>
/// <typeparam name="TEntity">Kind that was reconciled.</typeparam>
public sealed record ReconciliationResult<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private ReconciliationResult()
    {
    }

    /// <summary>The object that was reconciled.</summary>
    public required TEntity Entity { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The exception behind a failure.</summary>
    public Exception? Error { get; init; }

    /// <summary>When to run again without an event; ignored beside an error, which backs off.</summary>
    public TimeSpan? RequeueAfter { get; init; }

    /// <summary>Done; run again after <paramref name="requeueAfter"/>, or at the next event.</summary>
    public static ReconciliationResult<TEntity> Success(TEntity entity, TimeSpan? requeueAfter = null) =>
        new() { Entity = entity, IsSuccess = true, RequeueAfter = requeueAfter };

    /// <summary>Failed; run again after the back-off.</summary>
    public static ReconciliationResult<TEntity> Failure(TEntity entity, string message, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new() { Entity = entity, ErrorMessage = message, Error = error, RequeueAfter = requeueAfter };
}
