using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>What makes a controller run, besides changes of its own kind.</summary>
/// <typeparam name="TEntity">Kind that the controller is for.</typeparam>
public sealed class ControllerBuilder<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly List<IWatchBinding<TEntity>> _bindings = [];

    internal IReadOnlyList<IWatchBinding<TEntity>> Bindings => _bindings;

    internal Func<TEntity, TEntity, bool>? Predicate { get; private set; }

    internal string? Name { get; private set; }

    internal int Workers { get; private set; } = 1;

    internal TimeSpan? LongestRetry { get; private set; }

    /// <summary>Changes of objects whose controlling owner is of the controller's kind lead to that owner.</summary>
    public ControllerBuilder<TEntity> Owns<TOwned>()
        where TOwned : class, IKubernetesObject<V1ObjectMeta>
    {
        _bindings.Add(new OwnerBinding<TEntity, TOwned>());
        return this;
    }

    /// <summary>Changes of other objects lead to the keys that <paramref name="map"/> names, for the state before and after. It must not change the object.</summary>
    public ControllerBuilder<TEntity> Watches<TOther>(Func<TOther, IEnumerable<ObjectKey>> map)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(map);
        return Watches<TOther>((other, _) => map(other));
    }

    /// <summary>As the other overload, with services, so that the map can look into caches. The cache of the watched kind shows the change already.</summary>
    public ControllerBuilder<TEntity> Watches<TOther>(Func<TOther, IServiceProvider, IEnumerable<ObjectKey>> map)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(map);
        _bindings.Add(new MapBinding<TEntity, TOther>(map));
        return this;
    }

    /// <summary>
    /// Which updates of the controller's own kind count, given the states before and after; new and deleted objects always do.
    /// By default all but those of managedFields, resourceVersion and status alone.
    /// </summary>
    public ControllerBuilder<TEntity> When(Func<TEntity, TEntity, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Predicate = predicate;
        return this;
    }

    /// <summary>Name in metrics and logs and for <see cref="Queueing.IReconcileQueue{TEntity}"/>; unique. By default the kind in lower case.</summary>
    public ControllerBuilder<TEntity> Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        return this;
    }

    /// <summary>Longest delay between two attempts at an object whose reconciliation fails. Default: 5 minutes.</summary>
    public ControllerBuilder<TEntity> WithLongestRetry(TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, TimeSpan.Zero);
        LongestRetry = longest;
        return this;
    }

    /// <summary>Objects reconciled at the same time, each by one worker. Default 1.</summary>
    public ControllerBuilder<TEntity> WithWorkers(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Workers = workers;
        return this;
    }
}
