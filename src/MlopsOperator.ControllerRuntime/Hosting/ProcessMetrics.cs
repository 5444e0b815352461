using Prometheus;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>What a program tells of its own process; a leak shows in one of them.</summary>
public static class ProcessMetrics
{
    /// <summary>Adds prometheus-net's process metrics and two that it lacks: timers, and the heap as the last collection left it.</summary>
    public static CollectorRegistry Register(CollectorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        DotNetStats.Register(registry);
        var factory = Metrics.WithCustomRegistry(registry);
        var timers = factory.CreateGauge("dotnet_timers", "Timers that will fire.");
        var heap = factory.CreateGauge("dotnet_heap_after_collection_bytes", "Managed heap after the last collection.");
        registry.AddBeforeCollectCallback(() =>
        {
#pragma warning disable RS0030 // Only counted.
            timers.Set(Timer.ActiveCount);
#pragma warning restore RS0030
            heap.Set(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        });
        return registry;
    }
}
