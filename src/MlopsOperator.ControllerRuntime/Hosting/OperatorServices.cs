using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Adds an operator to an application.</summary>
public static class OperatorServices
{
    /// <summary>
    /// Adds the runtime and a hosted service that runs it. Add a <see cref="IKubernetesTransport"/>, <see cref="TimeProvider"/>,
    /// <see cref="IRandomSource"/> or <see cref="CollectorRegistry"/> before, to use other ones than the defaults: the cluster that
    /// KUBECONFIG, ~/.kube/config or the pod's service account names, the system's clock and randomness, and a registry of its own.
    /// </summary>
    public static OperatorBuilder AddKubernetesOperator(this IServiceCollection services, Action<OperatorSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var settings = new OperatorSettings();
        configure?.Invoke(settings);
        services.AddLogging();
        services.AddSingleton(settings);
#pragma warning disable RS0030 // The one place where an operator in production gets its clock; tests register another.
        services.TryAddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.TryAddSingleton(_ => ProcessMetrics.Register(Metrics.NewCustomRegistry()));
        services.TryAddSingleton<RuntimeMetrics>();
        services.TryAddSingleton<IKubernetesTransport>(provider => new HttpTransport(
            KubernetesClientConfiguration.BuildDefaultConfig, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<RuntimeMetrics>()));
        services.TryAddSingleton<OwnWrites>();
        services.TryAddSingleton<Leadership>();
        services.TryAddSingleton(provider => new FencedTransport(provider.GetRequiredService<IKubernetesTransport>(), provider.GetRequiredService<Leadership>()));
        services.TryAddSingleton(provider => new KubernetesApi(provider.GetRequiredService<FencedTransport>(), provider.GetRequiredService<OwnWrites>()));
        services.TryAddSingleton(provider => new RawStatusWriter(provider.GetRequiredService<FencedTransport>()));
        services.TryAddSingleton<IKubernetesApi>(provider => provider.GetRequiredService<KubernetesApi>());
        services.TryAddSingleton<StatusWriter>();
        services.TryAddSingleton<ObjectApplier>();
        services.TryAddSingleton<EventSender>();
        services.TryAddSingleton<EventRecorder>();
        services.TryAddSingleton<IEventRecorder>(provider => provider.GetRequiredService<EventRecorder>());
        services.TryAddSingleton<StoreFailures>();
        services.TryAddSingleton<ControllerQueues>();
        services.TryAddSingleton<OperatorHealth>();
        if (settings.LeaderElection is not null)
        {
            services.TryAddSingleton<LeaderElector>();
        }

        services.TryAddSingleton(OperatorRuntime.Create);
        services.AddHostedService<OperatorService>();
        return new OperatorBuilder(services, settings);
    }
}
