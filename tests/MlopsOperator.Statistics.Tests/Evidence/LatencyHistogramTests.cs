using CsCheck;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Tests.Evidence;

public sealed class LatencyHistogramTests
{
    private static readonly Gen<double[]> Counts = Gen.Int[0, 50].Select(count => (double)count).Array[LatencyHistogram.BucketCount];

    [Fact]
    public void Edges_rise_by_at_most_a_quarter() =>
        LatencyHistogram.Edges.Zip(LatencyHistogram.Edges.Skip(1)).Should().HaveCount(LatencyHistogram.EdgeCount - 1)
            .And.OnlyContain(pair => pair.Second > pair.First && pair.Second <= pair.First * 1.25);

    [Fact]
    public void A_duration_is_in_the_bucket_whose_edges_enclose_it() => Gen.Double[0, 100].Sample(seconds =>
    {
        var bucket = LatencyHistogram.Index(seconds);
        return (bucket == 0 || seconds > LatencyHistogram.Edges[bucket - 1]) && (bucket == LatencyHistogram.EdgeCount || seconds <= LatencyHistogram.Edges[bucket]);
    });

    [Fact]
    public void Quantiles_rise_and_stay_inside_the_edges() => Gen.Select(Counts, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((counts, one, other) =>
    {
        var (low, high) = (LatencyHistogram.Quantile(counts, Math.Min(one, other)), LatencyHistogram.Quantile(counts, Math.Max(one, other)));
        return counts.Sum() == 0 ? double.IsNaN(low) : low >= 0 && low <= high && high <= 64;
    });

    [Fact]
    public void What_exceeds_the_highest_edge_is_the_open_bucket_and_what_exceeds_the_lowest_is_all_but_the_first() => Counts.Sample(counts =>
        LatencyHistogram.Exceeding(counts, LatencyHistogram.EdgeCount - 1) == counts[^1] && LatencyHistogram.Exceeding(counts, 0) == counts.Skip(1).Sum());

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_quantile_outside_0_to_1_is_not_a_number(double quantile) =>
        LatencyHistogram.Quantile(Enumerable.Repeat(1.0, LatencyHistogram.BucketCount).ToArray(), quantile).Should().Be(double.NaN);
}
