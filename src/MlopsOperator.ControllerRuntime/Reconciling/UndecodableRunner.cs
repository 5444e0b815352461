using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>
/// Keeps the condition Undecodable on poisoned objects of a kind and takes it from mended ones. The controllers cannot: they see the last
/// good copy only, whose resourceVersion is old. Runs with the workers, so only where the process leads.
/// </summary>
internal sealed class UndecodableRunner<TEntity> : IControllerRunner
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private const string FieldManager = "undecodable";
    private static readonly ResourceType Type = ResourceType.For<TEntity>();

    private readonly WorkQueue _queue;
    private readonly ObjectStore<TEntity> _store;
    private readonly RawStatusWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public UndecodableRunner(RawStatusWriter writer, ControllerDependencies<TEntity> dependencies)
    {
        _queue = dependencies.Queues.Get(Name);
        _store = dependencies.Store;
        _writer = writer;
        _time = dependencies.Time;
        _logger = dependencies.Logger;
        _store.ListenToStates(OnState);
    }

    public string Name { get; } = $"{Type.Plural}.{Type.Group}-undecodable";

    public void StandBy() => _queue.StandBy();

    public IReadOnlyList<Task> Start(Task gate, CancellationToken cancellationToken) =>
        [_queue.RunAsync(_queue.OpenAsync(gate, _store.Keys, cancellationToken), ProcessAsync, cancellationToken)];

    public Task<bool> TryRunOneAsync(CancellationToken cancellationToken) => _queue.TryRunOneAsync(ProcessAsync, cancellationToken);

    private async Task ProcessAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(key, cancellationToken);
            _queue.Forget(key);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ApiException exception) when (exception.IsConflict)
        {
            // The newer state is on its way here.
            _queue.AddRateLimited(key);
        }
#pragma warning disable CA1031 // A condition that cannot be written concerns its object alone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var wait = _queue.AddRateLimited(key, (exception as ApiException)?.RetryAfter);
            Log.ConditionNotWritten(_logger, Type.Kind, key, wait, exception);
        }
        finally
        {
            _queue.Done(key);
        }
    }

    private async Task TellAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_store.Newest(key) is not { } newest)
        {
            return;
        }

        var problem = UndecodableCondition.Problem<TEntity>(Type, newest);
        if (!string.Equals(problem, UndecodableCondition.Told(newest), StringComparison.Ordinal)
            && UndecodableCondition.Apply(newest, problem, _time.GetUtcNow()) is { } content)
        {
            await _writer.WriteAsync(Type, key, content, FieldManager, cancellationToken);
        }
    }

    private void OnState(RawObject item, bool isReadable)
    {
        if (!isReadable || UndecodableCondition.Told(item) is not null)
        {
            _queue.Add(item.Key);
        }
    }
}
