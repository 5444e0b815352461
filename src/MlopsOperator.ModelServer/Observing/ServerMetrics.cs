using System.Globalization;
using Prometheus;

namespace MlopsOperator.ModelServer.Observing;

/// <summary>What Prometheus is told. Children are found once, for finding them costs more than counting.</summary>
internal sealed class ServerMetrics
{
    private const int Codes = 600;
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly Counter.Child?[] requestsByCode = new Counter.Child?[Codes];
    private readonly Counter requests;
    private readonly Histogram durations;
    private readonly Histogram runs;
    private readonly Gauge inFlight;
    private readonly Gauge loadSeconds;
    private readonly Gauge ready;

    /// <summary>Registers all metrics.</summary>
    /// <param name="options">Name and version of the model, which every series carries.</param>
    public ServerMetrics(ServerOptions options)
    {
        registry.SetStaticLabels(new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = options.ModelName, ["version"] = options.ModelVersion ?? "" });
        var factory = Metrics.WithCustomRegistry(registry);
        var buckets = Histogram.ExponentialBuckets(0.0001, 2, 20);
        requests = factory.CreateCounter("mlops_model_server_requests_total", "Inference requests by HTTP status.", "code");
        durations = factory.CreateHistogram("mlops_model_server_request_duration_seconds", "Time from the request's head to the end of its answer.", new HistogramConfiguration { Buckets = buckets });
        runs = factory.CreateHistogram("mlops_model_server_run_duration_seconds", "Time in ONNX Runtime.", new HistogramConfiguration { Buckets = buckets });
        inFlight = factory.CreateGauge("mlops_model_server_requests_in_flight", "Inference requests that are being answered or wait for a free run.");
        loadSeconds = factory.CreateGauge("mlops_model_server_model_load_seconds", "Time that loading and warming the model took.");
        ready = factory.CreateGauge("mlops_model_server_model_ready", "1 when the model is loaded and warm.");
        factory.CreateGauge("mlops_model_server_model_info", "Always 1; labels tell what is served.", "platform").WithLabels("onnx_onnxv1").Set(1);
        DotNetStats.Register(registry);
        var timers = factory.CreateGauge("dotnet_timers", "Timers that will fire.");
        var heap = factory.CreateGauge("dotnet_heap_after_collection_bytes", "Managed heap after the last collection.");
        registry.AddBeforeCollectCallback(() =>
        {
            timers.Set(Timer.ActiveCount);
            heap.Set(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        });
    }

    /// <summary>A request came in.</summary>
    public void RequestBegins() => inFlight.Inc();

    /// <summary>A request was answered.</summary>
    /// <param name="code">HTTP status.</param>
    /// <param name="elapsed">Its time.</param>
    public void RequestEnds(int code, TimeSpan elapsed)
    {
        inFlight.Dec();
        durations.Observe(elapsed.TotalSeconds);
        if (code is > 0 and < Codes)
        {
            (requestsByCode[code] ??= requests.WithLabels(code.ToString(CultureInfo.InvariantCulture))).Inc();
        }
    }

    /// <summary>The model ran.</summary>
    /// <param name="elapsed">Its time.</param>
    public void ModelRan(TimeSpan elapsed) => runs.Observe(elapsed.TotalSeconds);

    /// <summary>The model is ready.</summary>
    /// <param name="elapsed">Time that it took.</param>
    public void ModelLoaded(TimeSpan elapsed)
    {
        loadSeconds.Set(elapsed.TotalSeconds);
        ready.Set(1);
    }

    /// <summary>The model will not be ready.</summary>
    public void ModelFailed() => ready.Set(0);

    /// <summary>Writes all metrics in Prometheus' text format.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>When it is written.</returns>
    public Task WriteAsync(Stream target, CancellationToken cancellationToken) => registry.CollectAndExportAsTextAsync(target, cancellationToken);
}
