using MlopsOperator.ControllerRuntime.Hosting;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>The queue of each controller, by its name; exists before the controllers, which may want to enqueue themselves.</summary>
internal sealed class ControllerQueues(TimeProvider time, RuntimeMetrics metrics) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WorkQueue> _queues = new(StringComparer.Ordinal);

    public WorkQueue Get(string name)
    {
        lock (_lock)
        {
            if (!_queues.TryGetValue(name, out var queue))
            {
                _queues[name] = queue = new WorkQueue(time, new WorkQueueMetrics(metrics, name));
            }

            return queue;
        }
    }

    public void Dispose()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }
}
