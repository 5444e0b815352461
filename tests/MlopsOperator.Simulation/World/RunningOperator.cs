using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>One process' worth of the operator, on the scheduler's thread.</summary>
internal sealed class RunningOperator : IDisposable
{
    private readonly SimulationScheduler _scheduler;
    private readonly ServiceProvider _services;
    private readonly ProcessTime _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningOperator(OperatorSurroundings surroundings, string name, ClusterTransport transport, IRandomSource random)
    {
        _scheduler = surroundings.Scheduler;
        Name = name;
        Transport = transport;
        Process = new ProcessContext(_scheduler);
        var services = new ServiceCollection();
        var time = _time = new ProcessTime(surroundings.Time, Process);
        services.AddSingleton<TimeProvider>(surroundings.ByWallClock ? time : new SteadyTime(time));
        services.AddSingleton(surroundings.Seam?.Invoke(transport) ?? transport);
        services.AddSingleton(random);
        services.AddSingleton(surroundings.Models);
        services.AddSingleton(surroundings.Gateways);
        services.AddModelOperator(new OperatorOptions { Instance = name, LeaderElection = surroundings.Elects });
        _services = services.BuildServiceProvider();
        _running = Process.Within(RunAsync);
    }

    /// <summary>The name under which the API knows it, and with which its identity in the Lease begins.</summary>
    public string Name { get; }

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport { get; }

    /// <summary>Where its work runs; for pauses.</summary>
    public ProcessContext Process { get; }

    /// <summary>What it is made of, to be looked into.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Whether its end has come: it was told to stop, or has lost the Lease. What it had begun may go on until it is killed.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Throws what ended the process, if something did that should not.</summary>
    public void ThrowIfFaulted()
    {
        if (_running.Exception is { InnerException: not LeadershipLostException } fault)
        {
            throw new InvalidOperationException($"{Name} ended by a fault of its own", fault);
        }
    }

    /// <summary>Tells it to end in order; time must pass until it has.</summary>
    public void Stop() => Process.Within(() =>
    {
        _stop.Cancel();
        return 0;
    });

    /// <summary>Ends as a killed process does: nothing more reaches the API, nothing is put in order.</summary>
    public void Kill()
    {
        Transport.IsDead = true;
        Dispose();
    }

    /// <summary>Ends in order, and without waiting for anything.</summary>
    public void Dispose()
    {
        Stop();
        Process.Resume();
        _scheduler.Run();
        _time.End();
        _scheduler.RunToEnd(_running, "the operator");
        _scheduler.RunToEnd(_scheduler.Within(() => _services.DisposeAsync().AsTask()), "a part of the operator");
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var runtime = _services.GetRequiredService<OperatorRuntime>();
        try
        {
            await runtime.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It was told to end.
        }
    }
}
