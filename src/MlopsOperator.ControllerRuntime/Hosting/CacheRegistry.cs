using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>One cache and one reflector for each kind, however many controllers watch it.</summary>
internal sealed class CacheRegistry(IServiceCollection services, OperatorSettings settings)
{
    private readonly Dictionary<Type, object> _options = [];

    public void Add<T>(Action<CacheOptions<T>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (!_options.TryGetValue(typeof(T), out var known))
        {
            _options[typeof(T)] = known = new CacheOptions<T>();
            Register((CacheOptions<T>)known);
        }

        if (configure is null)
        {
            return;
        }

        var options = (CacheOptions<T>)known;
        var (selector, @namespace) = (options.LabelSelector, options.Namespace);
        configure(options);
        if (Differs(selector, options.LabelSelector) || Differs(@namespace, options.Namespace))
        {
            throw new InvalidOperationException($"The cache of {typeof(T).Name} was added twice with different label selectors or namespaces; there is one cache for each kind.");
        }
    }

    private static bool Differs(string? before, string? after) =>
        before is not null && !string.Equals(before, after, StringComparison.Ordinal);

    private void Register<T>(CacheOptions<T> options)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        services.AddSingleton(provider =>
        {
            var store = new ObjectStore<T>(options, provider.GetRequiredService<StoreFailures>());
            provider.GetRequiredService<OwnWrites>().AddCache(ResourceType.For<T>(), store);
            return store;
        });
        services.AddSingleton<IObjectCache<T>>(provider => provider.GetRequiredService<ObjectStore<T>>());
        services.AddSingleton<IReflectedStore>(provider => provider.GetRequiredService<ObjectStore<T>>());
        services.AddSingleton(provider => new Reflector(
            ResourceType.For<T>(),
            options.Namespace ?? settings.Namespace,
            options.LabelSelector,
            provider.GetRequiredService<ObjectStore<T>>(),
            provider.GetRequiredService<IKubernetesTransport>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IRandomSource>(),
            new ReflectorSettings(settings.CompareEvery, (kind, count) => provider.GetRequiredService<RuntimeMetrics>().Corrections.WithLabels(kind).Inc(count)),
            provider.GetRequiredService<ILogger<Reflector>>()));
    }
}
