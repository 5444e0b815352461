using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Adds to the queues of the controllers of a kind.</summary>
internal sealed class ReconcileQueue<TEntity>(ControllerQueues queues, IEnumerable<ControllerRegistration<TEntity>> controllers) : IReconcileQueue<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly string[] _names = [.. controllers.Select(controller => controller.Name)];

    public void Enqueue(ObjectKey key) => Enqueue(null, key);

    public void Enqueue(string? controllerName, ObjectKey key)
    {
        foreach (var queue in Find(controllerName))
        {
            queue.Add(key);
        }
    }

    public void EnqueueUnlessFailing(string? controllerName, ObjectKey key)
    {
        foreach (var queue in Find(controllerName))
        {
            queue.AddUnlessFailing(key);
        }
    }

    public void Enqueue(TEntity entity, TimeSpan after)
    {
        foreach (var queue in Find(null))
        {
            queue.AddAfter(ObjectKey.Of(entity), after);
        }
    }

    private IEnumerable<WorkQueue> Find(string? controllerName)
    {
        var names = controllerName is null ? _names : [.. _names.Where(name => string.Equals(name, controllerName, StringComparison.Ordinal))];
        return names.Length > 0
            ? names.Select(queues.Get)
            : throw new ArgumentException($"No controller for {typeof(TEntity).Name}{(controllerName is null ? string.Empty : $" is named {controllerName}")}: add it with AddController.", nameof(controllerName));
    }
}
