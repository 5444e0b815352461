using MlopsOperator.Gateway.Observing;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Gateway.Tests.Observing;

public sealed class DurationCellsTests
{
    [Fact]
    public void Every_edge_belongs_to_the_bucket_below_it_and_the_next_number_to_the_one_above()
    {
        for (var index = 0; index < LatencyHistogram.EdgeCount; index++)
        {
            var edge = LatencyHistogram.Edges[index];
            DurationCells.IndexOf(edge).Should().Be(index);
            DurationCells.IndexOf(Math.BitIncrement(edge)).Should().Be(index + 1);
        }
    }

    [Fact]
    public void Any_duration_has_the_bucket_of_the_first_edge_that_is_not_below_it()
    {
        var random = new Random(7);
        for (var round = 0; round < 100_000; round++)
        {
            var seconds = Math.Pow(10, (random.NextDouble() * 9) - 6);
            var expected = LatencyHistogram.Edges.TakeWhile(edge => edge < seconds).Count();
            DurationCells.IndexOf(seconds).Should().Be(expected, "{0} s", seconds);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(1e9, LatencyHistogram.EdgeCount)]
    public void Durations_outside_the_edges_have_the_outer_buckets(double seconds, int bucket) => DurationCells.IndexOf(seconds).Should().Be(bucket);

    [Fact]
    public async Task Counting_from_many_threads_loses_nothing()
    {
        var cells = new RevisionCells("models/delays", "a");
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (_, _) =>
        {
            for (var round = 0; round < 50_000; round++)
            {
                cells.Count(round % 10 == 0 ? Outcome.Status(500) : Outcome.Status(200), TimeSpan.FromMilliseconds(2));
            }

            return ValueTask.CompletedTask;
        });

        var counts = new long[DurationCells.BucketCount];
        cells.Durations.CopyTo(counts);
        counts.Sum().Should().Be(400_000);
        cells.Of(500).Should().Be(40_000);
        cells.Of(200).Should().Be(360_000);
        cells.Durations.Sum.Should().Be(TimeSpan.FromSeconds(800));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var cells = new RevisionCells("models/delays", "a");
        cells.Count(Outcome.Status(200), TimeSpan.FromMilliseconds(2));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1_000; round++)
        {
            cells.Enter();
            cells.Count(Outcome.Status(200), TimeSpan.FromMilliseconds(round));
            cells.Leave();
        }

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }
}
