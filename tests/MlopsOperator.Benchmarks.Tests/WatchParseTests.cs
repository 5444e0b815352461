using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class WatchParseTests
{
    [Fact]
    public async Task An_event_of_a_watch_allocates_its_object_once_and_little_more()
    {
        var watch = new PodWatch();

        var allocated = await Allocation.OfAsync(() => watch.NextAsync().AsTask());

        allocated.Should().BeLessThan(1);
    }
}
