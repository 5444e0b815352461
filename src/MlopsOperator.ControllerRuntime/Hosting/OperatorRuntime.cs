using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>
/// All loops of an operator: reflectors, leader election, workers, work beside them, Events. They are plain asynchronous methods that stay on the caller's
/// synchronization context, so that a test can run them on one thread. The hosted service runs it in production.
/// </summary>
public sealed class OperatorRuntime
{
    private readonly IReadOnlyList<IControllerRunner> _controllers;
    private readonly IReadOnlyList<Reflector> _reflectors;
    private readonly IReadOnlyList<IReflectedStore> _stores;
    private readonly IReadOnlyList<IOperatorWork> _works;
    private readonly EventRecorder _events;
    private readonly LeaderElector? _elector;
    private readonly TimeProvider _time;
    private bool _leavesWorkBehind;

    private OperatorRuntime(IServiceProvider services)
    {
        // The controllers first: they listen to the stores before anything is in them.
        _controllers = [.. services.GetServices<IControllerRunner>()];
        _reflectors = [.. services.GetServices<Reflector>()];
        _stores = [.. services.GetServices<IReflectedStore>()];
        _works = [.. services.GetServices<IOperatorWork>()];
        _events = services.GetRequiredService<EventRecorder>();
        _elector = services.GetService<LeaderElector>();
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>Whether all caches are complete.</summary>
    public bool HasSynced => _stores.All(store => store.HasSynced);

    /// <summary>What ended <see cref="RunAsync(CancellationToken)"/> other than a request to stop: a program should then end with an exit code other than 0.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>
    /// Runs everything until cancelled; with leader election, workers, work and Events only while this process leads. When all have ended, the
    /// lease is released. Throws <see cref="LeadershipLostException"/>, without waiting for anything, when the lease is lost, and what a loop
    /// throws or <see cref="InvalidOperationException"/> when one ends by itself, which is a fault; the others then have half a minute to end.
    /// </summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (_elector is not null)
        {
            foreach (var controller in _controllers)
            {
                controller.StandBy();
            }
        }

        return RunAsync(token => LeadAsync(Work, token), cancellationToken);
    }

    /// <summary>Runs everything but workers and work until cancelled: for tests that step through reconciliations with <see cref="TryRunOneAsync"/>.</summary>
    public Task RunCachesAsync(CancellationToken cancellationToken) => RunAsync(_events.RunAsync, cancellationToken);

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

    internal static OperatorRuntime Create(IServiceProvider services) => new(services);

    private List<Task> Work(CancellationToken cancellationToken)
    {
        var gate = WhenFreshAsync();
        return [_events.RunAsync(cancellationToken), .. _controllers.SelectMany(controller => controller.Start(gate, cancellationToken)), .. _works.Select(loop => RunWorkAsync(loop, gate, cancellationToken))];
    }

    /// <summary>
    /// Complete caches; for a new leader those of lists that began when it led already, since its watches may be behind what its predecessor wrote
    /// last, and none of its own writes tells it so.
    /// </summary>
    private Task WhenFreshAsync() => Task.WhenAll(_elector is null ? _stores.Select(store => store.Synced) : _reflectors.Select(reflector => reflector.RefreshAsync()));

    private static async Task RunWorkAsync(IOperatorWork work, Task gate, CancellationToken cancellationToken)
    {
        try
        {
            await gate.WaitAsync(cancellationToken);

            // The gate opens on the stack of a reflector; work goes on from its own.
            await Task.Yield();
            await work.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{work.GetType().Name} ended although nothing asked it to.");
        }
    }

    /// <summary>Runs what only a leader may, from when it leads.</summary>
    private async Task LeadAsync(Func<CancellationToken, List<Task>> start, CancellationToken cancellationToken)
    {
        if (_elector is null)
        {
            await RunTogetherAsync(start, cancellationToken);
            return;
        }

        try
        {
            await _elector.AcquireAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The answer to a request for the lease may have been lost; nothing to give up unless it came.
            await _elector.ReleaseAsync();
            return;
        }

        // The lease is renewed until all work has ended, however long that takes.
        using var renewing = new CancellationTokenSource();
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = _elector.RenewAsync(renewing.Token);
        var work = RunTogetherAsync(start, working.Token);
        try
        {
            if (await Task.WhenAny(work, renewal) == renewal)
            {
                Cancel(working);
                await renewal;
            }

            await work;
        }
        finally
        {
            Cancel(renewing);

            // A renewal on its way would make the release a conflict.
            await Task.WhenAny(renewal);
            if (work.IsCompleted && !_leavesWorkBehind)
            {
                await _elector.ReleaseAsync();
            }
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        try
        {
            await RunTogetherAsync(token => [.. _reflectors.Select(reflector => reflector.RunAsync(token)), lead(token)], cancellationToken);
        }
        catch (Exception fault)
        {
            Fault = fault;
            throw;
        }
    }

    /// <summary>
    /// Runs loops until cancelled; the end of one ends all. Waits for all of them: after a fault only for a while, since a process that leads and does
    /// nothing is worse than one that ends, and not at all where the lease was lost.
    /// </summary>
    private async Task RunTogetherAsync(Func<CancellationToken, List<Task>> start, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loops = start(stop.Token);
        var first = await Task.WhenAny(loops);
        var isOver = cancellationToken.IsCancellationRequested;
        Cancel(stop);
        if (first.Exception?.InnerException is not LeadershipLostException)
        {
            // On the caller's context, and whatever the others throw: the first fault is the one that counts.
            var all = Task.WhenAll(loops);
            using var patience = new CancellationTokenSource();
            await Task.WhenAny(all, Task.Delay(isOver ? Timeout.InfiniteTimeSpan : Limits.FaultGrace, _time, patience.Token));
            Cancel(patience);
            _leavesWorkBehind |= !all.IsCompleted;
        }

        await first;
        if (!isOver)
        {
            throw new InvalidOperationException("A loop of the operator ended although nothing asked it to.");
        }
    }

#pragma warning disable MA0042, MA0045 // CancelAsync would leave the caller's context.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
#pragma warning restore MA0042, MA0045
}
