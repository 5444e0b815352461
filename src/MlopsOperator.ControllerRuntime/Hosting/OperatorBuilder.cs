using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Adds controllers and caches to an operator.</summary>
public sealed class OperatorBuilder
{
    private readonly CacheRegistry _caches;
    private readonly HashSet<Type> _withConditions = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    internal OperatorBuilder(IServiceCollection services, OperatorSettings settings)
    {
        Services = services;
        _caches = new CacheRegistry(services, settings);
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a controller for a kind; a kind may have several, which must be named then. The controller is one singleton for all runs, so it
    /// must keep no state of a run in its fields; with more than one worker it is called in parallel for different objects.
    /// </summary>
    /// <typeparam name="TController">The controller.</typeparam>
    /// <typeparam name="TEntity">The kind; it has a <see cref="KubernetesEntityAttribute"/>.</typeparam>
    /// <param name="watches">What else makes it run.</param>
    public OperatorBuilder AddController<TController, TEntity>(Action<ControllerBuilder<TEntity>>? watches = null)
        where TController : class, IEntityController<TEntity>
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        var builder = new ControllerBuilder<TEntity>();
        watches?.Invoke(builder);
        var name = builder.Name ?? ResourceType.For<TEntity>().Kind.ToLowerInvariant();
        if (!_names.Add(name))
        {
            throw new InvalidOperationException($"Two controllers are named {name}: give {typeof(TController).Name} another name with Named(...).");
        }

        _caches.Add<TEntity>();
        foreach (var binding in builder.Bindings)
        {
            binding.AddCache(_caches);
        }

        Services.TryAddSingleton<TController>();
        Services.TryAddSingleton<ControllerDependencies<TEntity>>();
        Services.TryAddSingleton<ReconcileQueue<TEntity>>();
        Services.TryAddSingleton<IReconcileQueue<TEntity>>(provider => provider.GetRequiredService<ReconcileQueue<TEntity>>());
        Services.TryAddSingleton<EntityQueue<TEntity>>(provider => provider.GetRequiredService<ReconcileQueue<TEntity>>().Enqueue);
        var registration = new ControllerRegistration<TEntity>(name, builder, provider => provider.GetRequiredService<TController>());
        Services.AddSingleton(registration);
        Services.AddSingleton<IControllerRunner>(provider =>
            new ControllerRunner<TEntity>(registration, provider.GetRequiredService<ControllerDependencies<TEntity>>()));
        AddUndecodableRunner<TEntity>();
        return this;
    }

    /// <summary>
    /// Adds a finalizer for a kind that has a controller. It is attached before the first reconciliation; once the object is being deleted,
    /// the kind's first controller runs it, at any place among other finalizers, and the object is reconciled no more.
    /// </summary>
    /// <typeparam name="TFinalizer">The finalizer: one singleton for all runs.</typeparam>
    /// <typeparam name="TEntity">The kind.</typeparam>
    /// <param name="id">Its name in metadata.finalizers: a domain, a slash and a name, such as example.com/cleanup.</param>
    public OperatorBuilder AddFinalizer<TFinalizer, TEntity>(string id)
        where TFinalizer : class, IEntityFinalizer<TEntity>
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        if (string.IsNullOrEmpty(id) || id.IndexOf('/', StringComparison.Ordinal) <= 0 || id.EndsWith('/'))
        {
            throw new ArgumentException($"finalizer {typeof(TFinalizer).Name}: its id is \"{id}\"; expected domain/name, such as example.com/cleanup", nameof(id));
        }

        Services.TryAddSingleton<TFinalizer>();
        Services.AddSingleton(provider => new FinalizerRegistration<TEntity>(id, provider.GetRequiredService<TFinalizer>()));
        return this;
    }

    /// <summary>Adds a loop that runs beside the workers, only while this process leads.</summary>
    public OperatorBuilder AddWork<T>()
        where T : class, IOperatorWork
    {
        Services.TryAddSingleton<T>();
        Services.AddSingleton<IOperatorWork>(provider => provider.GetRequiredService<T>());
        return this;
    }

    /// <summary>
    /// Adds a cache, to be had as <see cref="IObjectCache{T}"/>. Each kind has one cache and one watch, shared with the controllers that
    /// watch the kind; a label selector set here holds for them too. Kinds of controllers are cached anyway.
    /// </summary>
    public OperatorBuilder AddCache<T>(Action<CacheOptions<T>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        _caches.Add(configure);
        return this;
    }

    /// <summary>One for a kind, where its status has conditions.</summary>
    private void AddUndecodableRunner<TEntity>()
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        if (UndecodableCondition.FitsKind(typeof(TEntity)) && _withConditions.Add(typeof(TEntity)))
        {
            Services.AddSingleton<IControllerRunner>(provider => new UndecodableRunner<TEntity>(
                provider.GetRequiredService<RawStatusWriter>(), provider.GetRequiredService<ControllerDependencies<TEntity>>()));
        }
    }
}
