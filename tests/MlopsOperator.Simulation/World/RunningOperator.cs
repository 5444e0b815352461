using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Operator.Rollouts.GoldenTests;
using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>One process' worth of the operator, on the scheduler's thread.</summary>
internal sealed class RunningOperator : IDisposable
{
    private readonly SimulationScheduler _scheduler;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningOperator(SimulationScheduler scheduler, ClusterTransport transport, TimeProvider time, IRandomSource random, IInferenceClient models, ITelemetryClient gateways)
    {
        _scheduler = scheduler;
        Transport = transport;
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<IKubernetesTransport>(transport);
        services.AddSingleton(random);
        services.AddSingleton(models);
        services.AddSingleton(gateways);
        services.AddModelOperator(new OperatorOptions());
        _services = services.BuildServiceProvider();
        _running = scheduler.Within(RunAsync);
    }

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport { get; }

    /// <summary>Whether the process has ended by itself.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Throws what ended the process, if something did.</summary>
    public void ThrowIfFaulted()
    {
        if (_running.Exception is { } fault)
        {
            throw new InvalidOperationException("the operator ended by a fault of its own", fault);
        }
    }

    /// <summary>Ends as a killed process does: nothing more reaches the API, nothing is put in order.</summary>
    public void Kill()
    {
        Transport.IsDead = true;
        Dispose();
    }

    /// <summary>Ends in order.</summary>
    public void Dispose()
    {
        _scheduler.Within(() =>
        {
            _stop.Cancel();
            return 0;
        });
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
