using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Takes keys from a controller's queue and gives the controller the newest copy, one run at a time for each key.</summary>
internal sealed class ControllerRunner<TEntity> : IControllerRunner
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly ResourceType Type = ResourceType.For<TEntity>();

    private readonly ControllerRegistration<TEntity> _registration;
    private readonly IEntityController<TEntity> _controller;
    private readonly WorkQueue _queue;
    private readonly ObjectStore<TEntity> _store;
    private readonly OwnWrites _ownWrites;
    private readonly IKubernetesApi _api;
    private readonly TimeProvider _time;
    private readonly ReconcileReport _report;
    private readonly ILogger _logger;
    private readonly TimeSpan _timeout;
    private readonly EntityFinalizers<TEntity> _finalizers;
    private readonly bool _finalizes;

    // Last copies of deleted objects until the controller has seen them; keys whose last own write the cache does not show yet.
    private readonly ConcurrentDictionary<ObjectKey, TEntity> _deleted = new();
    private readonly ConcurrentDictionary<ObjectKey, bool> _awaiting = new();

    public ControllerRunner(ControllerRegistration<TEntity> registration, ControllerDependencies<TEntity> dependencies)
    {
        _registration = registration;
        _queue = dependencies.Queues.Get(registration.Name);
        _queue.LongestRetry = registration.Watches.LongestRetry ?? _queue.LongestRetry;
        _store = dependencies.Store;
        _ownWrites = dependencies.OwnWrites;
        _api = dependencies.Api;
        _time = dependencies.Time;
        _logger = dependencies.Logger;
        _timeout = dependencies.Settings.ReconcileTimeout;
        _finalizers = new EntityFinalizers<TEntity>(dependencies.Services.GetServices<FinalizerRegistration<TEntity>>(), _api);
        _finalizes = ReferenceEquals(dependencies.Services.GetServices<ControllerRegistration<TEntity>>().First(), registration);
        _report = new ReconcileReport(dependencies.Metrics, registration.Name, registration.Watches.Workers);
        _store.Listen(OnChange);
        if (_finalizes && _finalizers.Any)
        {
            _store.ListenToStates(OnState);
        }

        foreach (var binding in registration.Watches.Bindings)
        {
            binding.Connect(dependencies.Services, _queue);
        }

        _controller = registration.Create(dependencies.Services);
    }

    public string Name => _registration.Name;

    public void StandBy() => _queue.StandBy();

    public IReadOnlyList<Task> Start(Task gate, CancellationToken cancellationToken)
    {
        var open = _queue.OpenAsync(gate, _store.Keys, cancellationToken);
        return [.. Enumerable.Range(0, _registration.Watches.Workers).Select(_ => _queue.RunAsync(open, ProcessAsync, cancellationToken))];
    }

    public Task<bool> TryRunOneAsync(CancellationToken cancellationToken) => _queue.TryRunOneAsync(ProcessAsync, cancellationToken);

    private async Task ProcessAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var state = _ownWrites.Check(Type, key);
            if (state == OwnWriteState.Waiting)
            {
                WaitForOwnWrite(key);
                return;
            }

            using var run = _report.Start(_time);
            try
            {
                await ReconcileAsync(key, state, run, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever a reconciler throws concerns its object alone.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(key, exception, run);
            }
        }
        finally
        {
            _queue.Done(key);
        }
    }

    private void WaitForOwnWrite(ObjectKey key)
    {
        // The change itself wakes the key (OnChange). The delay covers a change that came between the check and the next line,
        // and the end of the wait.
        _awaiting[key] = true;
        _queue.AddAfter(key, _ownWrites.Check(Type, key) == OwnWriteState.Waiting ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero);
    }

    private async Task ReconcileAsync(ObjectKey key, OwnWriteState state, ReconcileRun run, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var scope = _logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["controller"] = Name, ["object"] = key.ToString() });
        try
        {
            var entity = state == OwnWriteState.Overdue ? await ReadLiveAsync(key, either.Token) : _store.Get(key.Namespace, key.Name);
            ReconciliationResult<TEntity>? result = null;
            if (_deleted.TryGetValue(key, out var deleted) && !string.Equals(deleted.Metadata.Uid, entity?.Metadata.Uid, StringComparison.Ordinal))
            {
                result = await _controller.DeletedAsync(deleted, either.Token);
                if (result.IsSuccess)
                {
                    _deleted.TryRemove(new KeyValuePair<ObjectKey, TEntity>(key, deleted));
                }
            }

            if (entity is not null && result is null or { IsSuccess: true })
            {
                result = await ReconcileAsync(entity, either.Token);
            }

            Settle(key, result, run);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            run.TimedOut();
            throw new TimeoutException($"the reconciliation took longer than {_timeout}", exception);
        }
    }

    private async Task<ReconciliationResult<TEntity>?> ReconcileAsync(TEntity entity, CancellationToken cancellationToken)
    {
        if (!_finalizers.Any)
        {
            return await _controller.ReconcileAsync(entity, cancellationToken);
        }

        // Of an undecodable state the metadata counts: finalizers of an object that is being deleted run, with its last good content.
        var poisoned = _store.MetadataOfUndecodable(ObjectKey.Of(entity));
        var metadata = poisoned ?? entity.Metadata;
        if (metadata.DeletionTimestamp is not null)
        {
            entity.Metadata = metadata;

            // One controller of the kind cleans up, so that none does it twice at once.
            return _finalizes ? await _finalizers.FinalizeAsync(entity, cancellationToken) : null;
        }

        if (poisoned is not null && _finalizers.AreOn(poisoned))
        {
            return await _controller.ReconcileAsync(entity, cancellationToken);
        }

        entity.Metadata = metadata;
        return await _finalizers.AttachAsync(entity, cancellationToken) is { } attached
            ? await _controller.ReconcileAsync(attached, cancellationToken)
            : null;
    }

    private async Task<TEntity?> ReadLiveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Log.StaleCache(_logger, Name, key, Limits.OwnWriteWait);
        _report.StaleRead();
        return await _api.GetAsync<TEntity>(key.Namespace, key.Name, cancellationToken);
    }

    private void Settle(ObjectKey key, ReconciliationResult<TEntity>? result, ReconcileRun run)
    {
        if (result is { IsSuccess: false })
        {
            Fail(key, result.Error ?? new InvalidOperationException(result.ErrorMessage), run, result.ErrorMessage);
            return;
        }

        _queue.Forget(key);
        if (result?.RequeueAfter is { } after)
        {
            run.End("requeue_after");
            _queue.AddAfter(key, after);
        }
        else
        {
            run.End("success");
        }
    }

    private void Fail(ObjectKey key, Exception exception, ReconcileRun run, string? message = null)
    {
        switch (exception)
        {
            case ApiException { IsConflict: true } conflict:
                // Someone else wrote first: no error, the next run reads afresh and decides again.
                run.End("requeue");
                Log.Conflict(_logger, Name, key, _queue.AddRateLimited(key), conflict.Message);
                break;
            case ApiException { RetryAfter: { } after } busy:
                run.Failed(isUnexpected: false);
                Log.ReconcileFailed(_logger, Name, key, _queue.AddRateLimited(key, after), message ?? busy.Message, busy);
                break;
            default:
                run.Failed(isUnexpected: message is null && exception is not (ApiException or TransportException or TimeoutException or LeadershipLostException));
                Log.ReconcileFailed(_logger, Name, key, _queue.AddRateLimited(key), message ?? exception.Message, exception);
                break;
        }
    }

    private void OnChange(ObjectChange<TEntity> change)
    {
        var key = change.Key;
        var awaited = _awaiting.TryRemove(key, out _);
        if (change.New is null && !_queue.StandsBy)
        {
            _deleted[key] = change.Old!;
        }

        if (awaited || Counts(change))
        {
            _queue.Add(key, isBehind: change.IsFirstList);
        }
    }

    private void OnState(RawObject item, bool isReadable)
    {
        if (!isReadable && _store.MetadataOfUndecodable(item.Key) is { DeletionTimestamp: not null })
        {
            _queue.Add(item.Key);
        }
    }

    private bool Counts(ObjectChange<TEntity> change)
    {
        if (change.NewRaw is null || change.OldRaw is null)
        {
            return true;
        }

        if (_registration.Watches.Predicate is not { } predicate)
        {
            return !change.NewRaw.EqualsButForStatus(change.OldRaw);
        }

        if (change.Old!.Metadata.DeletionTimestamp is null && change.New!.Metadata.DeletionTimestamp is not null)
        {
            // Whatever a predicate looks at: finalizers wait for it.
            return true;
        }

        try
        {
            return predicate(change.Old, change.New!);
        }
#pragma warning disable CA1031 // A faulty predicate must not stop the watch; one run too many does no harm.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.PredicateThrew(_logger, Name, key: change.Key, exception);
            return true;
        }
    }
}
