using MlopsOperator.Demo.Soak;

namespace MlopsOperator.Demo.Tests.Soak;

public sealed class TrendTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);
    private static readonly Figure Handles = Figure.OfProduct.Single(figure => figure.Name is "handles");

    [Fact]
    public void What_rises_and_falls_again_with_each_rollout_is_flat() =>
        Of(seconds => 200 + (seconds % 30)).IsFlat(Handles).Should().BeTrue();

    [Fact]
    public void What_grows_only_while_everything_warms_up_is_flat() =>
        Of(seconds => Math.Min(seconds, 300)).IsFlat(Handles).Should().BeTrue();

    [Fact]
    public void One_handle_that_each_rollout_of_half_a_minute_loses_is_not_flat()
    {
        var trend = Of(seconds => 200 + Math.Floor(seconds / 30) + (seconds % 30));

        trend.IsFlat(Handles).Should().BeFalse();
        trend.Growth.Should().Be(10);
        trend.PerHour.Should().BeApproximately(120, 10);
    }

    [Fact]
    public void Without_a_sample_in_its_last_third_a_soak_tells_nothing() =>
        Trend.Of([(TimeSpan.FromMinutes(6), 1), (TimeSpan.FromMinutes(9), 1)], Length).Should().BeNull();

    private static Trend Of(Func<double, double> value) =>
        Trend.Of([.. Enumerable.Range(0, 180).Select(number => (TimeSpan.FromSeconds(number * 5), value(number * 5)))], Length)!.Value;
}
