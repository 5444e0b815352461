using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.DevCluster;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Operator.Rollouts.GoldenTests;

namespace MlopsOperator.Operator.Tests.World;

/// <summary>One process' worth of the operator, on the embedded cluster.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ClusterTransport _transport;

    private RunningOperator(ServiceProvider services, ClusterTransport transport)
    {
        _services = services;
        _transport = transport;
    }

    public static async Task<RunningOperator> StartAsync(EmbeddedCluster cluster, TimeProvider time, ScriptedModels models, ScriptedGateways gateways, CancellationToken cancellationToken)
    {
        var transport = new ClusterTransport(cluster);
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<IKubernetesTransport>(transport);
        services.AddSingleton<IRandomSource>(new SeededRandom(1));
        services.AddSingleton<IInferenceClient>(models);
        services.AddSingleton<ITelemetryClient>(gateways);
        services.AddSingleton<IHostApplicationLifetime, StillLifetime>();
        services.AddModelOperator(new OperatorOptions());
        var started = new RunningOperator(services.BuildServiceProvider(), transport);
        foreach (var service in started._services.GetServices<IHostedService>())
        {
            await service.StartAsync(cancellationToken);
        }

        return started;
    }

    /// <summary>What is between the operator and the API, for faults.</summary>
    public ClusterTransport Transport => _transport;

    /// <summary>Ends as a killed process does: nothing more reaches the API, nothing is put in order.</summary>
    public async Task KillAsync()
    {
        _transport.IsDead = true;
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    private sealed class StillLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
