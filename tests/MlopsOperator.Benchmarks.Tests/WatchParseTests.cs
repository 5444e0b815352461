using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class WatchParseTests
{
    [Fact]
    public async Task An_event_of_a_watch_allocates_its_object_once_and_little_more()
    {
        var watch = new PodWatch();

        var allocated = await Allocation.OfAsync(() => watch.NextAsync().AsTask());

        // 6,152 when this was written: the object without its managedFields once (5 KiB of a line of 8), its key, uid and version, and two scans. A second copy
        // of the object, or one of the line, is above the bound.
        allocated.Should().BeLessThan(8_000);
    }
}
