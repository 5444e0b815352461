using MlopsOperator.ControllerRuntime.Hosting;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>The workqueue_ metrics of one queue.</summary>
internal sealed class WorkQueueMetrics(RuntimeMetrics metrics, string name)
{
    private readonly Counter.Child _adds = metrics.QueueAdds.WithLabels(name, name);
    private readonly Counter.Child _retries = metrics.QueueRetries.WithLabels(name, name);
    private readonly Histogram.Child _waiting = metrics.QueueDuration.WithLabels(name, name);
    private readonly Histogram.Child _working = metrics.WorkDuration.WithLabels(name, name);
    private WorkQueue? _queue;

    public void Added() => _adds.Inc();

    public void Retried() => _retries.Inc();

    public void Taken(TimeSpan waited) => _waiting.Observe(waited.TotalSeconds);

    public void Finished(TimeSpan worked) => _working.Observe(worked.TotalSeconds);

    /// <summary>Reads depth and unfinished work at each scrape.</summary>
    public void Observe(WorkQueue queue)
    {
        _queue = queue;

        // A registry keeps its callbacks in a bag of the thread that adds them: what they hold would outlive the operator and its registry.
        var weak = new WeakReference<WorkQueueMetrics>(this);
        metrics.BeforeCollect(() =>
        {
            if (weak.TryGetTarget(out var present))
            {
                present.Read();
            }
        });
    }

    private void Read()
    {
        var (sum, longest) = _queue!.Unfinished();
        metrics.QueueDepth.WithLabels(name, name).Set(_queue.Count);
        metrics.UnfinishedWork.WithLabels(name, name).Set(sum.TotalSeconds);
        metrics.LongestRunning.WithLabels(name, name).Set(longest.TotalSeconds);
    }
}
