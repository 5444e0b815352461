using MlopsOperator.ControllerRuntime.Hosting;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>Counts and times one run.</summary>
internal sealed class ReconcileRun : IDisposable
{
    private readonly RuntimeMetrics _metrics;
    private readonly string _controller;
    private readonly TimeProvider _time;
    private readonly long _started;

    public ReconcileRun(RuntimeMetrics metrics, string controller, TimeProvider time)
    {
        _metrics = metrics;
        _controller = controller;
        _time = time;
        _started = time.GetTimestamp();
        metrics.ActiveWorkers.WithLabels(controller).Inc();
    }

    public void End(string result) => _metrics.Reconciles.WithLabels(_controller, result).Inc();

    public void TimedOut() => _metrics.ReconcileTimeouts.WithLabels(_controller).Inc();

    public void Failed(bool isUnexpected)
    {
        End("error");
        _metrics.ReconcileErrors.WithLabels(_controller).Inc();
        if (isUnexpected)
        {
            _metrics.ReconcilePanics.WithLabels(_controller).Inc();
        }
    }

    public void Dispose()
    {
        _metrics.ActiveWorkers.WithLabels(_controller).Dec();
        _metrics.ReconcileTime.WithLabels(_controller).Observe(_time.GetElapsedTime(_started).TotalSeconds);
    }
}
