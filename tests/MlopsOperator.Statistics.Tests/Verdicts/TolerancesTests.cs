using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class TolerancesTests
{
    [Fact]
    public void Small_weights_are_judged_more_leniently_but_at_most_ten_times() =>
        Tolerances.ForWeights(1.5, [100, 500, 1000, 2500, 5000]).Should().Equal(6, 6, 3.5, 2, 1.5);

    [Fact]
    public void No_weights_have_no_tolerances_and_a_weight_of_nothing_the_most_lenient()
    {
        Tolerances.ForWeights(1.5, []).Should().BeEmpty();
        Tolerances.ForWeights(1.5, [0, 5000]).Should().Equal(6, 1.5);
    }

    [Fact]
    public void A_guard_with_another_ratio_is_relaxed_by_the_same_factor_and_equal_tolerances_share_a_bet()
    {
        var settings = new JudgeSettings
        {
            Guards = [new() { Name = Strategies.Ratio, Kind = GuardKind.ErrorRatio, Ratio = 2 }],
            StepTolerances = Tolerances.ForWeights(1.5, [100, 500, 1000, 5000]),
        };
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 1, 900, 9), 10);

        double? Threshold(int step) => state.Verdict(settings, Strategies.Ratio, step).Threshold;

        new[] { Threshold(0), Threshold(1), Threshold(2), Threshold(3) }.Should().Equal(0.11, 0.11, 0.06, 0.02);
        state.Guards[0].Passes.Should().HaveCount(3);
        state.Verdict(settings, Strategies.Ratio, 0).LogPass.Should().Be(state.Verdict(settings, Strategies.Ratio, 1).LogPass);
    }

    [Theory]
    [InlineData(-3, 0.11)]
    [InlineData(99, 0.02)]
    public void A_step_that_is_none_is_the_nearest_one(int step, double threshold)
    {
        var settings = new JudgeSettings
        {
            Guards = [new() { Name = Strategies.Ratio, Kind = GuardKind.ErrorRatio, Ratio = 2 }],
            StepTolerances = Tolerances.ForWeights(1.5, [100, 5000]),
        };

        Judge.Begin(settings).Observe(settings, Blocks.Of(100, 1, 900, 9)).Verdict(settings, Strategies.Ratio, step).Threshold.Should().Be(threshold);
    }
}
