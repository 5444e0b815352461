using Prometheus;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>The metrics of the runtime, under controller-runtime's and client-go's names.</summary>
internal sealed class RuntimeMetrics
{
    private static readonly string[] QueueLabels = ["name", "controller"];
    private static readonly string[] ControllerLabel = ["controller"];
    private readonly CollectorRegistry _registry;

    public RuntimeMetrics(CollectorRegistry registry)
    {
        _registry = registry;
        var factory = Metrics.WithCustomRegistry(registry);
        var durations = new HistogramConfiguration { Buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };
        Reconciles = factory.CreateCounter("controller_runtime_reconcile_total", "Reconciliations by result: success, error, requeue, requeue_after.", ["controller", "result"]);
        ReconcileErrors = factory.CreateCounter("controller_runtime_reconcile_errors_total", "Reconciliations that failed.", ControllerLabel);
        ReconcilePanics = factory.CreateCounter("controller_runtime_reconcile_panics_total", "Reconciliations that threw an unexpected exception.", ControllerLabel);
        ReconcileTimeouts = factory.CreateCounter("controller_runtime_reconcile_timeouts_total", "Reconciliations that took too long.", ControllerLabel);
        ReconcileTime = factory.CreateHistogram("controller_runtime_reconcile_time_seconds", "Length of reconciliations.", ControllerLabel, durations);
        MaxConcurrentReconciles = factory.CreateGauge("controller_runtime_max_concurrent_reconciles", "Workers.", ControllerLabel);
        ActiveWorkers = factory.CreateGauge("controller_runtime_active_workers", "Workers at work.", ControllerLabel);
        StaleCacheReads = factory.CreateCounter("controller_runtime_stale_cache_reads_total", "Reconciliations that read the API server, as the cache did not show the last own write in time.", ControllerLabel);
        UndecodableObjects = factory.CreateCounter("controller_runtime_undecodable_objects_total", "States of objects that could not be decoded.", ["kind"]);
        QueueDepth = factory.CreateGauge("workqueue_depth", "Keys that wait for a worker.", QueueLabels);
        QueueAdds = factory.CreateCounter("workqueue_adds_total", "Keys added.", QueueLabels);
        QueueRetries = factory.CreateCounter("workqueue_retries_total", "Keys added after a failure.", QueueLabels);
        QueueDuration = factory.CreateHistogram("workqueue_queue_duration_seconds", "How long keys waited for a worker.", QueueLabels, durations);
        WorkDuration = factory.CreateHistogram("workqueue_work_duration_seconds", "How long workers had a key.", QueueLabels, durations);
        UnfinishedWork = factory.CreateGauge("workqueue_unfinished_work_seconds", "How long the keys in work have been so, together.", QueueLabels);
        LongestRunning = factory.CreateGauge("workqueue_longest_running_processor_seconds", "How long the oldest key in work has been so.", QueueLabels);
        Requests = factory.CreateCounter("rest_client_requests_total", "Answers of the API server; code <error> where none came.", ["code", "method", "host"]);
        RequestDuration = factory.CreateHistogram("rest_client_request_duration_seconds", "Length of requests.", ["method", "host"], durations);
        RequestRetries = factory.CreateCounter("rest_client_request_retries_total", "Requests sent again.", ["code", "method", "host"]);
        EventsDropped = factory.CreateCounter("event_recorder_dropped_total", "Events that were not sent, by cause: queue, budget, error, standby.", ["cause"]);
        MasterStatus = factory.CreateGauge("leader_election_master_status", "1 in the process that leads, else 0, by lease.", ["name"]);
        Corrections = factory.CreateCounter("reflector_corrections_total", "Objects that a list showed otherwise than a watch that had given no sign of a fault.", ["kind"]);
    }

    public Counter Reconciles { get; }

    public Counter ReconcileErrors { get; }

    public Counter ReconcilePanics { get; }

    public Counter ReconcileTimeouts { get; }

    public Histogram ReconcileTime { get; }

    public Gauge MaxConcurrentReconciles { get; }

    public Gauge ActiveWorkers { get; }

    public Counter StaleCacheReads { get; }

    public Counter UndecodableObjects { get; }

    public Gauge QueueDepth { get; }

    public Counter QueueAdds { get; }

    public Counter QueueRetries { get; }

    public Histogram QueueDuration { get; }

    public Histogram WorkDuration { get; }

    public Gauge UnfinishedWork { get; }

    public Gauge LongestRunning { get; }

    public Counter Requests { get; }

    public Histogram RequestDuration { get; }

    public Counter RequestRetries { get; }

    public Counter EventsDropped { get; }

    public Gauge MasterStatus { get; }

    public Counter Corrections { get; }

    /// <summary>Runs at each scrape.</summary>
    public void BeforeCollect(Action read) => _registry.AddBeforeCollectCallback(read);
}
