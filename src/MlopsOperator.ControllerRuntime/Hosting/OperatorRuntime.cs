using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>
/// All loops of an operator: reflectors, workers, Events. They are plain asynchronous methods that stay on the caller's
/// synchronization context, so that a test can run them on one thread. The hosted service runs it in production.
/// </summary>
public sealed class OperatorRuntime
{
    private readonly IReadOnlyList<IControllerRunner> _controllers;
    private readonly IReadOnlyList<Reflector> _reflectors;
    private readonly IReadOnlyList<IReflectedStore> _stores;
    private readonly EventRecorder _events;

    private OperatorRuntime(IReadOnlyList<IControllerRunner> controllers, IReadOnlyList<Reflector> reflectors, IReadOnlyList<IReflectedStore> stores, EventRecorder events)
    {
        _controllers = controllers;
        _reflectors = reflectors;
        _stores = stores;
        _events = events;
    }

    /// <summary>Whether all caches are complete.</summary>
    public bool HasSynced => _stores.All(store => store.HasSynced);

    /// <summary>Runs everything until cancelled. Throws when a loop ends by itself, which is a fault of the runtime.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        RunAsync(token => _controllers.SelectMany(controller => controller.Start(WhenSyncedAsync(), token)), cancellationToken);

    /// <summary>Runs everything but the workers until cancelled: for tests that step through reconciliations with <see cref="TryRunOneAsync"/>.</summary>
    public Task RunCachesAsync(CancellationToken cancellationToken) => RunAsync(_ => [], cancellationToken);

    /// <summary>Reconciles one ready key, of the controller that was added first among those that have one; false when there is none or a cache is not complete.</summary>
    public async Task<bool> TryRunOneAsync(CancellationToken cancellationToken)
    {
        if (!HasSynced)
        {
            return false;
        }

        foreach (var controller in _controllers)
        {
            if (await controller.TryRunOneAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    internal static OperatorRuntime Create(IServiceProvider services)
    {
        // The controllers first: they listen to the stores before anything is in them.
        var controllers = services.GetServices<IControllerRunner>().ToList();
        return new OperatorRuntime(
            controllers,
            [.. services.GetServices<Reflector>()],
            [.. services.GetServices<IReflectedStore>()],
            services.GetRequiredService<EventRecorder>());
    }

    private Task WhenSyncedAsync() => Task.WhenAll(_stores.Select(store => store.Synced));

    private async Task RunAsync(Func<CancellationToken, IEnumerable<Task>> startWorkers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> loops =
        [
            .. _reflectors.Select(reflector => reflector.RunAsync(stop.Token)),
            _events.RunAsync(stop.Token),
            .. startWorkers(stop.Token),
        ];
        try
        {
            var first = await Task.WhenAny(loops);
            await first;
            if (!cancellationToken.IsCancellationRequested)
            {
                throw new InvalidOperationException("A loop of the operator ended although nothing asked it to.");
            }
        }
        finally
        {
#pragma warning disable MA0042 // CancelAsync would leave the caller's context.
            stop.Cancel();
#pragma warning restore MA0042
            await Task.WhenAll(loops).WaitAsync(CancellationToken.None);
        }
    }
}
