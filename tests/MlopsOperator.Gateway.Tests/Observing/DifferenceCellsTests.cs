using MlopsOperator.Gateway.Observing;

namespace MlopsOperator.Gateway.Tests.Observing;

public sealed class DifferenceCellsTests
{
    [Theory]
    [InlineData(-100, 0)]
    [InlineData(-64, 0)]
    [InlineData(-63.9, 1)]
    [InlineData(-0.001, 16)]
    [InlineData(-0.0005, 17)]
    [InlineData(0, 17)]
    [InlineData(0.0005, 18)]
    [InlineData(0.0009765625, 18)]
    [InlineData(0.001, 19)]
    [InlineData(64, 34)]
    [InlineData(65, 35)]
    public void A_difference_is_in_the_bucket_whose_upper_edge_it_does_not_pass(double seconds, int bucket)
    {
        var cells = new DifferenceCells();

        cells.Observe(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)));

        var counts = new long[DifferenceCells.Edges.Count + 1];
        cells.CopyTo(counts);
        counts.Select((count, index) => (count, index)).Single(pair => pair.count > 0).Should().Be((1, bucket));
        cells.Sum.TotalSeconds.Should().BeApproximately(seconds, 1e-6);
    }
}
