using MlopsOperator.ControllerRuntime.Hosting;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>The controller_runtime_ metrics of one controller.</summary>
internal sealed class ReconcileReport
{
    private readonly RuntimeMetrics _metrics;
    private readonly string _controller;

    public ReconcileReport(RuntimeMetrics metrics, string controller, int workers)
    {
        _metrics = metrics;
        _controller = controller;
        metrics.MaxConcurrentReconciles.WithLabels(controller).Set(workers);
        foreach (var result in new[] { "success", "error", "requeue", "requeue_after" })
        {
            metrics.Reconciles.WithLabels(controller, result).Inc(0);
        }
    }

    public ReconcileRun Start(TimeProvider time) => new(_metrics, _controller, time);

    public void StaleRead() => _metrics.StaleCacheReads.WithLabels(_controller).Inc();
}
