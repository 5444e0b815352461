using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Tests.Queueing;

public sealed class WorkQueueMetricsTests
{
    /// <summary>Tests and simulations run thousands of operators in one process.</summary>
    [Fact]
    public void An_operator_that_has_ended_leaves_neither_its_queues_nor_its_registry_behind()
    {
        var (queue, registry) = Ended();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        queue.TryGetTarget(out _).Should().BeFalse();
        registry.TryGetTarget(out _).Should().BeFalse();
    }

    [Fact]
    public async Task Depth_and_unfinished_work_are_read_when_they_are_asked_for()
    {
        var registry = Metrics.NewCustomRegistry();
        using var queue = new WorkQueue(new FakeTimeProvider(), new WorkQueueMetrics(new RuntimeMetrics(registry), "q"));
        queue.Add(new ControllerRuntime.Watching.ObjectKey("ns", "a"));

        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);

        System.Text.Encoding.UTF8.GetString(text.ToArray()).Should().Contain("workqueue_depth{name=\"q\",controller=\"q\"} 1\n");
    }

    // In a method of its own, so that no local of the test keeps them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference<WorkQueue> Queue, WeakReference<CollectorRegistry> Registry) Ended()
    {
        var registry = Metrics.NewCustomRegistry();
        using var queue = new WorkQueue(new FakeTimeProvider(), new WorkQueueMetrics(new RuntimeMetrics(registry), "q"));
        return (new WeakReference<WorkQueue>(queue), new WeakReference<CollectorRegistry>(registry));
    }
}
